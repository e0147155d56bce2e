/** Which stacks a rehearsal of an upgrade begins with, and what it says of them. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { environmentSchema } from "../../../environments/schema.ts";
import { UserError } from "../../../environments/user-error.ts";
import { applyBase, baseStages } from "../../../rehearsal/run/base.ts";
import type { RunEvent } from "../../../rehearsal/run/events.ts";
import { prepareBase } from "../../../rehearsal/run/prepare-base.ts";
import type { RunContext, StackWork } from "../../../rehearsal/run/work.ts";
import { minimal } from "../../support/environment.ts";

const folder = mkdtempSync(join(tmpdir(), "mainline-base-"));
const outdir = join(folder, "synth");
afterAll(() => rmSync(folder, { recursive: true }));

/** A base of these stacks, each with what it needs. */
function written(needs: Readonly<Record<string, readonly string[]>>): string {
  const stacks = Object.entries(needs).map(([id, dependencies]) => {
    const synthesizedStackPath = `stacks/${id}/cdk.tf.json`;
    mkdirSync(join(outdir, "stacks", id), { recursive: true });
    writeFileSync(join(outdir, synthesizedStackPath), "{}");
    return [id, { synthesizedStackPath, dependencies, annotations: [] }];
  });
  writeFileSync(join(outdir, "manifest.json"), JSON.stringify({ stacks: Object.fromEntries(stacks) }));
  return outdir;
}

const environment = { ...environmentSchema.parse(minimal), name: "dev" };
const from = {
  ref: "main",
  commit: "0".repeat(40),
  outdir: written({
    "dev-state": [],
    "dev-network": [],
    "dev-edge": ["dev-network"],
    "dev-cluster": ["dev-network"],
    "dev-legacy": ["dev-edge"],
    "prod-network": [],
  }),
};
const stack = (id: string): StackWork => ({
  id,
  needs: [],
  json: "",
  hash: "",
  warnings: [],
  folder: "",
  content: {},
  plainHosts: [],
  result: { stack: id, resources: 1, cut: [], warnings: [], outcome: "not reached" },
});
const based = async (stacks: readonly string[], known: readonly string[]) => {
  const prepared = { stateStack: "dev-state", required: [], stacks: stacks.map(stack), known };
  return (await prepareBase({ environment, from }, prepared, folder)).map(({ id }) => id);
};

describe("a rehearsal on top of another ref begins with", () => {
  const all = ["dev-state", "dev-network", "dev-cluster", "dev-edge", "dev-legacy"];

  test("all of the environment, and nothing of another", async () => expect(await based(all, all)).toEqual(all));

  test("with --only, the same stacks", async () => {
    expect(await based(["dev-state", "dev-network"], all)).toEqual(["dev-state", "dev-network"]);
  });

  test("what the working tree has no more, and what that needs", async () => {
    const known = all.filter((id) => id !== "dev-legacy");
    expect(await based(["dev-state", "dev-network"], known)).toEqual(["dev-state", "dev-network", "dev-edge", "dev-legacy"]);
  });

  test("no stack that is new in the working tree", async () => {
    expect(await based([...all, "dev-ci"], [...all, "dev-ci"])).toEqual(all);
  });

  test("its synth stays as it is: Terraform works in a copy", async () => {
    await based(all, all);
    expect(readFileSync(join(folder, "base/cdktf.out/manifest.json"), "utf8")).toBe(readFileSync(join(outdir, "manifest.json"), "utf8"));
  });
});

test("its stages come first, and what is removed is a stage of its own", () => {
  const base = [stack("dev-network"), stack("dev-legacy")];
  expect(baseStages(base, ["dev-network"])).toEqual({
    before: [
      { id: "base/dev-network", title: "dev-network (base)", ending: "applied" },
      { id: "base/dev-legacy", title: "dev-legacy (base)", ending: "applied" },
    ],
    after: [{ id: "removed", title: "removed stacks" }],
  });
  expect(baseStages(base, ["dev-network", "dev-legacy"]).after).toEqual([]);
});

test("a base that cannot be applied is told as that, not as the change's fault", async () => {
  const events: RunEvent[] = [];
  const context: RunContext = {
    report: (event) => events.push(event),
    runnerFor: () => {
      throw new UserError("no Terraform here");
    },
    stateStack: "dev-state",
    isNew: true,
    noKubernetes: undefined,
  };
  await expect(applyBase(context, from, [stack("dev-network")])).rejects.toThrow(/^main cannot be applied here.*\nno Terraform here/);
  expect(events.every((event) => "stage" in event && event.stage === "base/dev-network")).toBe(true);
});
