import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import type { StackResult } from "../../../rehearsal/report.ts";
import { missed } from "../../../rehearsal/run/ending.ts";
import type { RunEvent } from "../../../rehearsal/run/events.ts";
import { whyNoKubernetes } from "../../../rehearsal/run/opening.ts";
import { applyAll } from "../../../rehearsal/run/up.ts";
import type { StackWork } from "../../../rehearsal/run/work.ts";

const stack = (id: string, needs: readonly string[], provider: Record<string, unknown>): StackWork => ({
  id,
  needs,
  json: "",
  hash: "",
  warnings: [],
  folder: "",
  content: { provider },
  plainHosts: [],
  result: { stack: id, resources: 1, cut: [], warnings: [], outcome: "not reached" },
});
const folder = mkdtempSync(join(tmpdir(), "mainline-path-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("without a Kubernetes API, what talks to it is skipped with the reason, and so is what needs that", async () => {
  const stacks = [stack("dev-addons", [], { aws: [{}], helm: [{}] }), stack("dev-tenancy", ["dev-addons"], { kubernetes: [{}] })];
  const events: RunEvent[] = [];
  const runnerFor = () => {
    throw new Error("Terraform must not be started");
  };
  const context = { report: (event: RunEvent) => events.push(event), runnerFor, stateStack: "dev-state", isNew: true };
  await applyAll({ ...context, noKubernetes: "no binaries" }, stacks);
  expect(stacks.map(({ result: { outcome, reason } }) => ({ outcome, reason }))).toEqual([
    { outcome: "skipped", reason: "no binaries" },
    { outcome: "skipped", reason: "needs dev-addons, which was skipped" },
  ]);
  expect(events.map(({ kind }) => kind)).toEqual(["skipped", "skipped"]);
});

const view = { answers: true, description: "kwok", clusters: [], released: [] };

test.each([
  [
    "no binaries",
    { ...view, answers: false, description: "No Kubernetes API: kwokctl is missing" },
    "No Kubernetes API: kwokctl is missing",
  ],
  ["no AWS CLI", view, expect.stringMatching(/^the AWS CLI is not on PATH/)],
])("why not: %s", async (_, kubernetes, expected) => expect(await whyNoKubernetes(kubernetes, { PATH: "/nowhere" })).toEqual(expected));

test("with both, nothing stands against it", async () => {
  writeFileSync(join(folder, "aws"), "");
  chmodSync(join(folder, "aws"), 0o755);
  expect(await whyNoKubernetes(view, { PATH: folder })).toBeUndefined();
});

test.each([
  [["dev-addons"], "dev-addons is required and was skipped: no binaries"],
  [["dev-network"], undefined],
  [[], undefined],
])("--require %j", (required, expected) => {
  const results = [
    { stack: "dev-addons", outcome: "skipped", reason: "no binaries" },
    { stack: "dev-network", outcome: "applied" },
  ] as unknown as StackResult[];
  expect(missed(required, results)).toBe(expected);
});
