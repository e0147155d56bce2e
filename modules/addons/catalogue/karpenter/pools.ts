/** NodePools and their EC2NodeClasses. Source: Karpenter documentation, "NodePools", "NodeClasses", "Disruption". */
import type { AddonOptions } from "../../../../environments/schema/addons.ts";
import { kubernetesRelease } from "../../../../environments/versions.ts";
import type { CustomResource } from "../../addon.ts";

type Pool = AddonOptions<"karpenter">["pools"][string];

export interface PoolSettings {
  /** Kubernetes minor. */
  readonly version: string;
  readonly clusterName: string;
  readonly instanceProfile: string;
  readonly keyArn: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly production: boolean;
}

export function poolResources(name: string, pool: Pool, settings: PoolSettings): CustomResource[] {
  return [nodeClass(name, pool, settings), nodePool(name, pool, settings)];
}

/** The day of the image that managed groups of this minor run, too: 20260930 of 1.35.2-20260930. */
function imageDay(version: string): string {
  return kubernetesRelease(version).amiRelease.split("-").at(-1) ?? "";
}

function nodeClass(name: string, { diskGiB }: Pool, settings: PoolSettings): CustomResource {
  const { version, clusterName, instanceProfile, keyArn, tags } = settings;
  const discovered = [{ tags: { "karpenter.sh/discovery": clusterName } }];
  return {
    apiVersion: "karpenter.k8s.aws/v1",
    kind: "EC2NodeClass",
    metadata: { name },
    spec: {
      // Never `latest`: Karpenter would replace all nodes on the day of a new image, in production at the same hour as everywhere.
      amiSelectorTerms: [{ alias: `al2023@v${imageDay(version)}` }],
      instanceProfile,
      subnetSelectorTerms: discovered,
      securityGroupSelectorTerms: discovered,
      // IMDSv2 only, and no hop further: a pod must not borrow the node's role.
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [
        {
          deviceName: "/dev/xvda",
          ebs: { volumeType: "gp3", volumeSize: `${diskGiB}Gi`, encrypted: true, kmsKeyID: keyArn, deleteOnTermination: true },
        },
      ],
      detailedMonitoring: true,
      tags: { ...tags, Name: `${clusterName}-${name}` },
    },
  };
}

function nodePool(name: string, pool: Pool, { production }: PoolSettings): CustomResource {
  const { categories, generation, architectures, capacity, cpus, labels, taints } = pool;
  return {
    apiVersion: "karpenter.sh/v1",
    kind: "NodePool",
    metadata: { name },
    spec: {
      template: {
        ...(Object.keys(labels).length > 0 && { metadata: { labels } }),
        spec: {
          nodeClassRef: { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name },
          requirements: [
            { key: "kubernetes.io/os", operator: "In", values: ["linux"] },
            { key: "kubernetes.io/arch", operator: "In", values: architectures },
            { key: "karpenter.sh/capacity-type", operator: "In", values: capacity },
            { key: "karpenter.k8s.aws/instance-category", operator: "In", values: categories },
            { key: "karpenter.k8s.aws/instance-generation", operator: "Gt", values: [`${generation - 1}`] },
            // Agents of a node alone fill these.
            { key: "karpenter.k8s.aws/instance-size", operator: "NotIn", values: ["nano", "micro", "small"] },
          ],
          ...(taints.length > 0 && { taints: taints.map(withoutEmptyValue) }),
          // A month: no node runs longer without the patches of a new start.
          expireAfter: "720h",
          // A build or a budget that allows nothing holds a node up for a day, and not for ever ("Disruption", termination grace period).
          terminationGracePeriod: "24h",
        },
      },
      limits: { cpu: `${cpus}` },
      disruption: {
        consolidationPolicy: "WhenEmptyOrUnderutilized",
        // Production waits longer, so that a deployment's ups and downs move no pods.
        consolidateAfter: production ? "5m" : "1m",
        budgets: [{ nodes: "10%" }],
      },
    },
  };
}

function withoutEmptyValue({ key, value, effect }: Pool["taints"][number]) {
  return { key, ...(value !== "" && { value }), effect };
}
