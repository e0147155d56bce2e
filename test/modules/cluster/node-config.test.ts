import { expect, test } from "@jest/globals";
import { parse } from "yaml";
import { managedNodeConfig, selfManagedNodeConfig } from "../../../modules/cluster/node-config.ts";

const cluster = {
  name: "mainline-dev",
  created: "mainline-dev",
  arn: "arn:aws:eks:ap-northeast-2:111122223333:cluster/mainline-dev",
  version: "1.35",
  endpoint: "https://api.example.com",
  certificateAuthority: "QUJD",
  serviceRange: "172.20.0.0/16",
  securityGroupId: "sg-1",
};

/** The NodeConfig in the one part of the user data. */
function nodeConfig(userData: string) {
  const [, boundary = ""] = /boundary=(\S+)/.exec(userData) ?? [];
  const parts = userData.split(`--${boundary}`);
  expect(parts).toHaveLength(3);
  const [headers = "", body = ""] = (parts[1] ?? "").split("\n\n");
  expect(headers).toContain("Content-Type: application/node.eks.aws");
  return parse(body);
}

test("a managed node is only told how many pods it takes", () => {
  expect(nodeConfig(managedNodeConfig(110))).toEqual({
    apiVersion: "node.eks.aws/v1alpha1",
    kind: "NodeConfig",
    spec: { kubelet: { config: { maxPods: 110 } } },
  });
});

test("a self-managed node is told all of its cluster, its labels and taints", () => {
  const taints = [{ key: "dedicated", value: "batch", effect: "NoSchedule" as const }];
  expect(nodeConfig(selfManagedNodeConfig(cluster, 250, { workload: "batch", tier: "on" }, taints)).spec).toEqual({
    cluster: { name: "mainline-dev", apiServerEndpoint: "https://api.example.com", certificateAuthority: "QUJD", cidr: "172.20.0.0/16" },
    kubelet: { config: { maxPods: 250, registerWithTaints: taints }, flags: ["--node-labels=workload=batch,tier=on"] },
  });
});

test("without labels and taints nothing is said of them", () => {
  expect(nodeConfig(selfManagedNodeConfig(cluster, 110, {}, [])).spec.kubelet).toEqual({ config: { maxPods: 110 } });
});

test("the text may stand in a Terraform function: no double quotes, also where YAML must quote", () => {
  expect(selfManagedNodeConfig(cluster, 110, { on: "true" }, [{ key: "a", value: "true", effect: "NoExecute" }])).not.toContain('"');
});
