import { expect, test } from "@jest/globals";
import {
  clusterLines,
  exitCode,
  findings,
  lastLine,
  type RehearsalResult,
  releasedLines,
  type StackResult,
} from "../../../rehearsal/report.ts";

const applied: StackResult = {
  stack: "dev-network",
  resources: 10,
  cut: [],
  warnings: [],
  outcome: "applied",
  secondPlan: [],
  untouched: true,
};
const result = (stacks: readonly StackResult[], more: Partial<RehearsalResult> = {}): RehearsalResult => ({
  environment: "dev",
  run: "1",
  emulator: "moto",
  kubernetes: "none",
  clusters: [],
  terraform: "Terraform 1.11.4",
  stacks,
  left: [],
  released: [],
  seconds: 1,
  ...more,
});

test.each([
  ["all is well", result([applied]), 0],
  ["a stack was skipped", result([applied, { ...applied, outcome: "skipped" }]), 0],
  ["a second plan changes something", result([{ ...applied, secondPlan: [{ address: "aws_vpc.main", action: "update" }] }]), 2],
  ["something is left", result([applied], { left: ["bucket logs"] }), 2],
  ["the JSON is not the product's", result([{ ...applied, untouched: false }]), 2],
  ["it did not come to its end", result([applied], { failure: "terraform apply failed." }), 1],
])("exit code when %s", (_, value, expected) => expect(exitCode(value as RehearsalResult)).toBe(expected));

const amounts = { milliCpu: 2000, memoryMiB: 4096, pods: 10 };
const cluster = {
  cluster: "mainline-dev",
  groups: [],
  nodes: 2,
  ready: 2,
  capacity: amounts,
  allocatable: amounts,
  requested: { ...amounts, milliCpu: 500 },
  runningPods: 3,
  pending: [{ workload: "apps/web (Deployment)", pods: 2, reason: "0/2 nodes are available: 2 Insufficient cpu." }],
};

test("pods without a place are a finding with the scheduler's reason and a remedy", () => {
  const value = result([applied], { clusters: [cluster] });
  expect(findings(value)).toEqual([
    "mainline-dev: 2 pods of apps/web (Deployment) do not fit: 0/2 nodes are available: 2 Insufficient cpu. Enlarge a node group of `cluster.nodes`, or request less.",
  ]);
  expect(exitCode(value)).toBe(2);
});

test("a cluster's lines tell nodes and requests; what has no place is told once, as a finding", () => {
  expect(clusterLines([cluster])).toEqual([
    "mainline-dev: 2 of 2 nodes Ready",
    "requested: 0.5 of 2.0 CPU (25 %), 4.0 of 4.0 GiB memory (100 %), 10 of 10 pods",
  ]);
});

test("a finding names stack, address and what to do", () => {
  const secondPlan = [{ address: "aws_vpc.main", action: "update" as const }];
  expect(findings(result([{ ...applied, secondPlan, secondPlanText: "\n~ tags\n" }]))).toEqual([
    "dev-network: the second plan is not empty (update aws_vpc.main). The configuration does not say what AWS made of it; set it as AWS returns it.\n~ tags",
  ]);
});

const cut = [{ address: "aws_vpc_ipam.main", reason: "no IPAM" }];

test.each([
  ["one stack", [applied], "10 of 10 resources of 1 stack rehearsed. Not shown by a rehearsal: docs/rehearsal.md"],
  ["with a cut", [{ ...applied, cut }, applied], "19 of 20 resources of 2 stacks rehearsed. Not shown by a rehearsal: docs/rehearsal.md"],
  [
    "with a skipped one, which does not count",
    [applied, { ...applied, outcome: "skipped" as const }],
    "10 of 10 resources of 1 stack rehearsed; 1 stack skipped. Not shown by a rehearsal: docs/rehearsal.md",
  ],
  ["none reached", [{ ...applied, outcome: "failed" as const }], "nothing rehearsed. Not shown by a rehearsal: docs/rehearsal.md"],
])("the last line: %s", (_, stacks, expected) => expect(lastLine(result(stacks))).toBe(expected));

test.each([
  [[], []],
  [
    ["dev: roles runners/manager: actions.github.com/cleanup-protection"],
    [
      "finalizers of 1 object taken off in the place of controllers that do not run here: dev: roles runners/manager: actions.github.com/cleanup-protection",
    ],
  ],
])("what was let go is told: %j", (released, expected) => expect(releasedLines(released)).toEqual(expected));
