/** What a synth wrote, read for the comparison; and what the lock file holds providers to. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { lockedOf, lockedProviders } from "../../../operations/affected/lock-file.ts";
import { readSynth } from "../../../operations/affected/read-synth.ts";

const scratch = mkdtempSync(join(tmpdir(), "mainline-synth-"));
afterAll(() => rmSync(scratch, { recursive: true }));

/** A synth's folder: stacks by id, with the key of their state, what they need, and files beside. */
function written(name: string, stacks: Readonly<Record<string, { key?: string; needs?: string[]; files?: string[] }>>): string {
  const folder = join(scratch, name);
  mkdirSync(folder);
  const entries = Object.entries(stacks).map(([id, { key, needs = [], files = [] }]) => {
    const own = join(folder, "stacks", id);
    for (const file of ["cdk.tf.json", ...files]) mkdirSync(join(own, file, ".."), { recursive: true });
    const backend = key === undefined ? {} : { s3: { bucket: "b", key } };
    const terraform = { backend, required_providers: { aws: { source: "aws" } } };
    writeFileSync(join(own, "cdk.tf.json"), JSON.stringify({ terraform, provider: {} }));
    for (const file of files) writeFileSync(join(own, file), file);
    return [id, { synthesizedStackPath: `stacks/${id}/cdk.tf.json`, dependencies: needs }];
  });
  writeFileSync(join(folder, "manifest.json"), JSON.stringify({ stacks: Object.fromEntries(entries) }));
  return folder;
}

const lock = `# This file is maintained automatically by "terraform init".

provider "registry.terraform.io/hashicorp/aws" {
  version     = "6.25.0"
  constraints = ">= 5.100.0, < 7.0.0"
  hashes = [
    "h1:one",
    "zh:two",
  ]
}

provider "registry.terraform.io/hashicorp/helm" {
  version = "3.1.1"
  hashes = ["h1:three"]
}
`;

describe("reading a synth", () => {
  test("names come from the state's key, so that an environment may have a dash; all need the stack that makes their bucket", async () => {
    const folder = written("ok", {
      "eu-1-state": { key: "eu-1/state.tfstate" },
      "eu-1-network": { key: "eu-1/network.tfstate", files: ["assets/chart/values.yaml", ".terraform/x", ".terraform.lock.hcl"] },
      "eu-1-cluster": { key: "eu-1/cluster.tfstate", needs: ["eu-1-network"] },
    });
    const read = await readSynth(folder, lock);
    expect(read.map(({ json: _, ...rest }) => rest)).toEqual([
      {
        id: "eu-1-state",
        environment: "eu-1",
        stack: "state",
        needs: [],
        files: {},
        locked: { "registry.terraform.io/hashicorp/aws": expect.any(String) },
      },
      expect.objectContaining({
        id: "eu-1-network",
        needs: ["eu-1-state"],
        files: { "assets/chart/values.yaml": expect.stringMatching(/^\w{64}$/) },
      }),
      expect.objectContaining({ id: "eu-1-cluster", environment: "eu-1", stack: "cluster", needs: ["eu-1-state", "eu-1-network"] }),
    ]);
  });

  test.each([
    [
      "two stacks with one state",
      () => written("twice", { a: { key: "dev/a.tfstate" }, b: { key: "dev/a.tfstate" } }),
      "a and b both keep their state in b/dev/a.tfstate",
    ],
    ["a state elsewhere", () => written("local", { a: {} }), "does not keep its state in S3"],
    ["no manifest", () => join(scratch, "nowhere"), "manifest.json cannot be read"],
    [
      "a stack without a file",
      () => {
        const folder = written("lost", { a: { key: "dev/a.tfstate" } });
        rmSync(join(folder, "stacks/a/cdk.tf.json"));
        return folder;
      },
      "cdk.tf.json cannot be read",
    ],
    [
      "a manifest of something else",
      () => {
        const folder = written("other", {});
        writeFileSync(join(folder, "manifest.json"), "{}");
        return folder;
      },
      "lists no stacks",
    ],
  ])("is refused with %s, never taken for fewer stacks", async (_, folder, message) => {
    await expect(readSynth(folder())).rejects.toThrow(message);
  });
});

describe("locked providers", () => {
  const of = (text: string, source = "aws") => lockedOf({ it: { source } }, lockedProviders(text));
  test.each([
    ["aws", ["registry.terraform.io/hashicorp/aws"]],
    ["hashicorp/helm", ["registry.terraform.io/hashicorp/helm"]],
    ["hashicorp/kubernetes", []],
  ])("%s", (source, expected) => expect(Object.keys(of(lock, source))).toEqual(expected));

  test.each([
    ["another version", lock.replace("6.25.0", "6.25.1"), false],
    ["another package", lock.replace("h1:one", "h1:other"), false],
    ["another order of hashes", lock.replace('"h1:one",\n    "zh:two"', '"zh:two",\n    "h1:one"'), true],
    ["another constraint", lock.replace("< 7.0.0", "< 8.0.0"), true],
    ["another provider's version", lock.replace("3.1.1", "3.2.0"), true],
  ])("%s", (_, text, same) => expect(JSON.stringify(of(text)) === JSON.stringify(of(lock))).toBe(same));
});
