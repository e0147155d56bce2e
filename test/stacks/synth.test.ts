import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { ValidateBinaryVersion } from "cdktf/lib/validations/validate-binary-version.js";
import { GuardrailError } from "../../modules/guardrails/error.ts";
import { synthesize } from "../../stacks/synth.ts";
import { environmentOf } from "../support/environment.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mainline-synth-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Every file below a folder, with its contents. */
function contents(root: string): Record<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => [join(parentPath, name).slice(root.length), readFileSync(join(parentPath, name), "utf8")]),
  );
}

// That all of them pass, and are what they were in another process on another day, is test/golden's.
test("an environment is the same bytes when synthesized twice, charts and other files included", () => {
  const own = environmentOf({ addons: { "aws-load-balancer-controller": {}, "storage-classes": {} } });
  const [first, second] = ["first", "second"].map((name) => contents(synthesize([own], { outdir: join(folder, name) }).outdir));
  expect(Object.keys(first ?? {}).filter((file) => /cdk\.tf\.json$|Chart\.yaml$/.test(file)).length).toBeGreaterThan(5);
  expect(second).toEqual(first);
});

test("a synth asks no program for its version: it works where there is no terraform, or OpenTofu", () => {
  const asked = jest.spyOn(ValidateBinaryVersion.prototype, "validate");
  const { stacks } = synthesize([environmentOf({ addons: { "storage-classes": {} } })], { outdir: join(folder, "out") });
  expect(stacks.map(({ stack }) => stack)).toContain("addons");
  expect(asked).not.toHaveBeenCalled();
});

test("what does not fit together is told of every environment, by its file", () => {
  const broken = environmentOf({ addons: { "kube-prometheus-stack": {} } });
  expect(() => synthesize([broken, { ...broken, name: "other" }], { outdir: join(folder, "out") })).toThrow(
    /^environments\/test\.ts: The add-ons do not fit together:\n(?: {2}.+\n)+environments\/other\.ts: .*\n(?: {2}.+\n)+Nothing was written\.$/,
  );
  expect(existsSync(join(folder, "out"))).toBe(false);
});

describe("an environment with a waiver that covers nothing", () => {
  const broken = environmentOf({
    waivers: [
      { rule: "keys-rotate", stack: "state", resource: "aws_kms_key.none", reason: "twenty characters of reason", until: "2027-03-31" },
    ],
  });

  test("stops the synth, and no file nor folder is left", () => {
    const outdir = join(folder, "out");
    expect(() => synthesize([environmentOf(), { ...broken, name: "other" }], { outdir })).toThrow(GuardrailError);
    expect(existsSync(outdir)).toBe(false);
  });

  test("leaves an earlier synth as it was", () => {
    const { outdir } = synthesize([environmentOf({ network: undefined, cluster: undefined })], { outdir: join(folder, "out") });
    const before = contents(outdir);
    expect(() => synthesize([broken], { outdir })).toThrow(GuardrailError);
    expect(contents(outdir)).toEqual(before);
  });
});
