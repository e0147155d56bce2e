import { expect, test } from "@jest/globals";
import type { V1Pod } from "@kubernetes/client-node";
import type { FargateProfile } from "../../../rehearsal/eks/data-plane.ts";
import { fargateNode, fargateSize, profileOf } from "../../../rehearsal/kubernetes/fargate.ts";
import { fargatePolicies } from "../../../rehearsal/kubernetes/fargate-policy.ts";
import { cluster } from "./fixtures.ts";

const pod = (cpu?: string, memory?: string): Pick<V1Pod, "spec"> => ({
  spec: { containers: [{ name: "main", resources: { requests: { ...(cpu && { cpu }), ...(memory && { memory }) } } }] },
});

test.each([
  // requests; configuration: 256 MiB more than is asked for, rounded up
  [undefined, undefined, 250, 512],
  ["250m", "256Mi", 250, 512],
  ["250m", "257Mi", 250, 1024],
  ["100m", "1900Mi", 500, 3072],
  ["600m", "1Gi", 1000, 2048],
  ["1", "8Gi", 2000, 9216],
  ["4", "29Gi", 4000, 30720],
  ["4", "30Gi", 8000, 32768],
  ["16", "119Gi", 16000, 122880],
])("a pod that asks for %s and %s gets %d millicores and %d MiB", (cpu, memory, milliCpu, memoryMiB) => {
  expect(fargateSize(pod(cpu, memory))).toEqual({ milliCpu, memoryMiB });
});

test.each([
  ["16001m", "1Gi"],
  ["1", "120Gi"],
])("no configuration holds %s and %s", (cpu, memory) => {
  expect(fargateSize(pod(cpu, memory))).toBeUndefined();
});

const profile = (name: string, namespace: string, labels: Record<string, string> = {}): FargateProfile => ({
  name,
  selectors: [{ namespace, labels }],
  zones: ["ap-northeast-2a", "ap-northeast-2b"],
});
const profiles = [
  profile("web", "apps", { tier: "web" }),
  profile("all", "apps"),
  profile("jobs", "job-?"),
  profile("far", "far*", { run: "*" }),
];
const inNamespace = (namespace: string, labels: Record<string, string> = {}, owner?: string): V1Pod => ({
  metadata: { namespace, labels, ...(owner ? { ownerReferences: [{ apiVersion: "apps/v1", kind: owner, name: "x", uid: "1" }] } : {}) },
});

test.each<[string, V1Pod, string | undefined]>([
  ["the first by name", inNamespace("apps", { tier: "web" }), "all"],
  ["the one that its label names", inNamespace("apps", { tier: "web", "eks.amazonaws.com/fargate-profile": "web" }), "web"],
  ["none where the named one does not match", inNamespace("apps", { "eks.amazonaws.com/fargate-profile": "web" }), undefined],
  ["one with ? in the namespace", inNamespace("job-1"), "jobs"],
  ["not more than one character for ?", inNamespace("job-12"), undefined],
  ["one with * in namespace and label", inNamespace("far-away", { run: "anything" }), "far"],
  ["none without the label", inNamespace("far-away"), undefined],
  ["none in another namespace", inNamespace("default", { tier: "web" }), undefined],
  ["none for a DaemonSet", inNamespace("apps", {}, "DaemonSet"), undefined],
  ["one for a ReplicaSet", inNamespace("apps", {}, "ReplicaSet"), "all"],
])("a pod goes to %s", (_, each, expected) => {
  expect(profileOf(each, profiles)?.name).toBe(expected);
});

test("a machine for one pod, in a zone of the profile, kept from others", () => {
  const each = { ...pod(), metadata: { uid: "0001aaaa-0000-0000-0000-000000000000" } };
  const node = fargateNode(cluster, profile("web", "apps"), each, { milliCpu: 250, memoryMiB: 512 }, "1.35.4");
  expect(node).toMatchObject({
    metadata: {
      name: expect.stringMatching(/^fargate-ip-10-/),
      labels: { "eks.amazonaws.com/compute-type": "fargate", "topology.kubernetes.io/zone": "ap-northeast-2b" },
    },
    spec: { taints: [{ key: "eks.amazonaws.com/compute-type", value: "fargate", effect: "NoSchedule" }] },
    status: { allocatable: { cpu: "250m", memory: "512Mi", pods: "1" } },
  });
});

test("the admission policy asks what profileOf asks", () => {
  const [policy, binding] = fargatePolicies([profile("Web_1", "far*", { run: "a.b" })], "v1beta1");
  expect([policy?.name, binding?.collection]).toEqual(["rehearsal-fargate-web-1", "mutatingadmissionpolicybindings"]);
  if (!policy) throw new Error("no policy");
  const { spec } = policy.body as { spec: { matchConditions: { expression: string }[] } };
  // CEL reads "\\" as one backslash, so the expression that it matches is ^a\.b$.
  for (const part of ['matches("^far.*$")', 'labels["run"].matches("^a\\\\.b$")', '"DaemonSet"']) {
    expect(spec.matchConditions[0]?.expression).toContain(part);
  }
});
