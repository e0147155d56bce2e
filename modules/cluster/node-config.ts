/** What an AL2023 node is told when it starts: nodeadm's NodeConfig in MIME user data. Source: https://awslabs.github.io/amazon-eks-ami/nodeadm/ */
import { stringify } from "yaml";
import type { NodesConfig } from "../../environments/schema.ts";
import type { Cluster } from "./control-plane.ts";

type Labels = NodesConfig["labels"];
type Taints = NodesConfig["taints"];

/** User data of a managed group: EKS adds the cluster itself, we only say how many pods a node takes. */
export function managedNodeConfig(maxPods: number): string {
  return userData({ kubelet: { config: { maxPods } } });
}

/** User data of a node that nobody else introduces to the cluster. */
export function selfManagedNodeConfig(cluster: Cluster, maxPods: number, labels: Labels, taints: Taints): string {
  const nodeLabels = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return userData({
    cluster: {
      name: cluster.name,
      apiServerEndpoint: cluster.endpoint,
      certificateAuthority: cluster.certificateAuthority,
      cidr: cluster.serviceRange,
    },
    kubelet: {
      config: {
        maxPods,
        ...(taints.length > 0 && { registerWithTaints: taints.map(({ key, value, effect }) => ({ key, value, effect })) }),
      },
      ...(nodeLabels.length > 0 && { flags: [`--node-labels=${nodeLabels.join(",")}`] }),
    },
  });
}

/** One part only, but EKS merges its own part into that of managed groups, so it must be MIME. Not yet base64. */
function userData(spec: object): string {
  const nodeConfig = stringify({ apiVersion: "node.eks.aws/v1alpha1", kind: "NodeConfig", spec }, { lineWidth: 0, singleQuote: true });
  return [
    "MIME-Version: 1.0",
    "Content-Type: multipart/mixed; boundary=NODECONFIG",
    "",
    "--NODECONFIG",
    "Content-Type: application/node.eks.aws",
    "",
    `---\n${nodeConfig}`,
    "--NODECONFIG--",
    "",
  ].join("\n");
}
