/** Whatever happens to the synth, Atlantis finds a list that plans no more than is meant. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { carryOver } from "../../../operations/atlantis/carry-over.ts";
import { emptyConfig } from "../../../operations/atlantis/config.ts";
import { emptied } from "../../../operations/atlantis/emptied.ts";
import { writeAtlantis } from "../../../operations/atlantis/write.ts";

const folder = mkdtempSync(join(tmpdir(), "mainline-atlantis-"));
const files = { config: join(folder, "atlantis.yaml"), stacks: join(folder, "stacks") };
const read = () => parse(readFileSync(files.config, "utf8"));
afterAll(() => rmSync(folder, { recursive: true }));

test("a failure leaves an empty list and nothing to plan in, and is told", async () => {
  writeFileSync(files.config, "version: 3\nprojects: [{ dir: . }]\n");
  mkdirSync(files.stacks);
  await expect(writeAtlantis(files, () => Promise.reject(new Error("network.cidr is no CIDR")))).rejects.toThrow("no CIDR");
  expect({ config: read(), left: readdirSync(folder) }).toEqual({ config: emptyConfig(), left: ["atlantis.yaml"] });
});

test("while the stacks are not known yet, the list is empty: a kill leaves it so", async () => {
  writeFileSync(files.config, "version: 3\nprojects: [{ dir: . }]\n");
  await writeAtlantis(files, async () => {
    expect(read()).toEqual(emptyConfig());
    return { config: emptyConfig() };
  });
});

test("what an earlier run left is given to the next, and to no run after that", async () => {
  mkdirSync(join(files.stacks, "dev-network"), { recursive: true });
  await writeAtlantis(files, async (before) => {
    expect([existsSync(join(before, "dev-network")), existsSync(files.stacks)]).toEqual([true, false]);
    return { config: emptyConfig() };
  });
  await writeAtlantis(files, async (before) => {
    expect(existsSync(before)).toBe(false);
    return { config: emptyConfig() };
  });
});

describe("the folder of a stack, made anew", () => {
  const [before, now] = [join(folder, "before"), join(folder, "now")];
  const make = (to: string, stack: Record<string, string>) => {
    rmSync(to, { recursive: true, force: true });
    for (const [path, text] of Object.entries(stack)) {
      mkdirSync(dirname(join(to, path)), { recursive: true });
      writeFileSync(join(to, path), text);
    }
  };
  const stack = { "cdk.tf.json": "{}", "assets/chart/Chart.yaml": "name: a" };
  const left = {
    ".terraform/providers/lock": "p",
    ".terraform.lock.hcl": "l",
    "dev-a-default.tfplan": "plan",
    "dev-a-default.tfplan.review.json": "note",
  };

  test.each<[string, Record<string, string>, boolean]>([
    ["the same stack", {}, true],
    ["other JSON", { "cdk.tf.json": '{"a":1}' }, false],
    ["another file of a chart", { "assets/chart/Chart.yaml": "name: b" }, false],
    ["one more file, which Terraform would read", { "zz_override.tf.json": "{}" }, false],
  ])("%s", async (_, other, stays) => {
    make(before, { ...stack, ...left, ...other });
    make(now, stack);
    await carryOver(before, now);
    const kept = Object.keys(left).filter((path) => existsSync(join(now, path)));
    expect(kept).toEqual(stays ? Object.keys(left) : []);
    expect(existsSync(join(now, "zz_override.tf.json"))).toBe(false);
  });

  test("there was none", async () => {
    make(now, stack);
    await carryOver(join(folder, "nowhere"), now);
    expect(readdirSync(now).sort()).toEqual(["assets", "cdk.tf.json"]);
  });
});

test("a removed stack keeps its state, its providers and what they read", () => {
  const states = { cluster: { backend: "s3" } };
  const json = {
    terraform: { backend: { s3: { key: "dev/addons.tfstate" } } },
    provider: { helm: [{ host: "data.terraform_remote_state.cluster.outputs.endpoint" }] },
    data: { terraform_remote_state: states, aws_region: { here: {} } },
    resource: { helm_release: { argo: { name: "argo" } } },
    output: { installed: { value: "argo" } },
  };
  expect(emptied(json)).toEqual({ terraform: json.terraform, provider: json.provider, data: { terraform_remote_state: states } });
});
