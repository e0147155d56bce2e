import { readFile } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { limits } from "../../../rehearsal/kubernetes/limits.ts";

const page = readFile(new URL("../../../docs/rehearsal.md", import.meta.url), "utf8");

test.each(limits)("docs/rehearsal.md tells the limit $id as the code does", async ({ fact, instead }) => {
  const section = (await page).split("## What a rehearsal does not show")[1] ?? "";
  expect(section).toContain(fact);
  expect(section).toContain(instead);
});
