/** What Terraform will get, for reviewers: a change of shared code shows what it does to every environment. `npm run golden` rewrites. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { loadEnvironments } from "../../environments/index.ts";
import { synthesize } from "../../stacks/synth.ts";

const golden = import.meta.dirname;
const outdir = mkdtempSync(join(tmpdir(), "mainline-golden-"));
afterAll(() => rmSync(outdir, { recursive: true }));

const written = new Map(
  synthesize(loadEnvironments(), { outdir }).stacks.map(({ node: { id } }) => [
    `${id}.json`,
    `${readFileSync(join(outdir, "stacks", id, "cdk.tf.json"), "utf8")}\n`,
  ]),
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
