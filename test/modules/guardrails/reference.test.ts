import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { guardrails } from "../../../modules/guardrails/catalogue.ts";
import { guardrailTable } from "../../../modules/guardrails/reference.ts";

const file = new URL("../../../docs/guardrails.md", import.meta.url);
const start = "<!-- rules: written by npm run golden -->\n";
const end = "<!-- end of rules -->\n";

test("the page of guardrails lists every rule; `npm run golden` writes it", () => {
  const page = readFileSync(file, "utf8");
  const [before = ""] = page.split(start);
  const current = `${before}${start}\n${guardrailTable(guardrails)}\n\n${end}`;
  if (process.env.UPDATE_GOLDEN === "1") writeFileSync(file, current);
  expect(readFileSync(file, "utf8")).toBe(current);
});
