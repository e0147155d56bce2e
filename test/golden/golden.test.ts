/** What Terraform will get, for reviewers: a change of shared code shows what it does to every environment. `npm run golden` rewrites. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { loadEnvironments } from "../../environments/index.ts";
import { synthesize } from "../../stacks/synth.ts";
import { type Ledger, ledgerOf, vanished } from "../support/ledger.ts";

const golden = import.meta.dirname;
const outdir = mkdtempSync(join(tmpdir(), "mainline-golden-"));
afterAll(() => rmSync(outdir, { recursive: true }));

const { stacks } = synthesize(loadEnvironments(), { outdir });
const written = new Map(
  stacks.map(({ node: { id } }) => [`${id}.json`, `${readFileSync(join(outdir, "stacks", id, "cdk.tf.json"), "utf8")}\n`]),
);
const isGolden = (name: string) => name.endsWith(".json") && name !== "ledger.json";

if (process.env.UPDATE_GOLDEN === "1") {
  for (const name of readdirSync(golden).filter(isGolden)) rmSync(join(golden, name));
  for (const [name, text] of written) writeFileSync(join(golden, name), text);
}

describe("synthesized JSON is as reviewed; if the change is meant, run `npm run golden` and commit", () => {
  test("of the same stacks", () => {
    expect([...written.keys()].sort()).toEqual(readdirSync(golden).filter(isGolden).sort());
  });

  test.each([...written.keys()])("%s", (name) => {
    expect(written.get(name)).toBe(readFileSync(join(golden, name), "utf8"));
  });
});

describe("the ledger of stateful addresses", () => {
  const ledger = join(golden, "ledger.json");
  const read = (): Ledger => (existsSync(ledger) ? JSON.parse(readFileSync(ledger, "utf8")) : {});
  const checked = stacks.map(({ node: { id }, stack, environment }) => ({
    id,
    stack,
    environment,
    json: JSON.parse(written.get(`${id}.json`) ?? ""),
  }));

  // Before an update, too: what vanishes is taken out by hand, where a reviewer sees it.
  test("has nothing that vanished without a `moved`; a meant deletion is a line deleted in ledger.json", () => {
    expect(vanished(read(), checked)).toEqual([]);
  });

  test("is complete; `npm run golden` adds what is new", () => {
    const now = ledgerOf(checked);
    if (process.env.UPDATE_GOLDEN === "1" && vanished(read(), checked).length === 0)
      writeFileSync(ledger, `${JSON.stringify(now, null, 2)}\n`);
    expect(read()).toEqual(now);
  });
});
