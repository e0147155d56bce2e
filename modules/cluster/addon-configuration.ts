/**
 * What the EKS add-ons are configured with. Every key is in the add-on's schema; to read it:
 *   aws eks describe-addon-configuration --addon-name vpc-cni --addon-version v1.22.4-eksbuild.3
 */

export type Configuration = { readonly [key: string]: string | number | boolean | readonly string[] | Configuration };

/** JSON with sorted keys, so that the order in which code names them is never a difference in a plan. */
export function configurationValues(configuration: Configuration): string {
  return JSON.stringify(sorted(configuration));
}

function sorted(configuration: Configuration): Configuration {
  const isGroup = (value: Configuration[string]): value is Configuration => typeof value === "object" && !Array.isArray(value);
  return Object.fromEntries(
    Object.entries(configuration)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => [key, isGroup(value) ? sorted(value) : value]),
  );
}

/** Where the pods of one zone get their interfaces. */
export interface PodSubnet {
  /** Zone *name*, because nodes carry it as the label topology.kubernetes.io/zone. */
  readonly zoneName: string;
  readonly subnetId: string;
}

export interface PodNetwork {
  readonly region: string;
  readonly subnets: readonly PodSubnet[];
  readonly securityGroupIds: readonly string[];
}

/**
 * vpc-cni: prefixes of 16 addresses instead of single ones, so that pods per node are bounded by CPU and memory, not by interfaces; network
 * policies enforced, without which those that charts bring do nothing. With `pods`, pods get their own subnets (custom networking);
 * their traffic out of the VPC leaves under the node's address, so that the pod block needs no route anywhere else.
 * Source: EKS best practices, "Prefix mode for Linux" and "Custom networking".
 */
export function cniConfiguration(pods?: PodNetwork): Configuration {
  const env = { ENABLE_PREFIX_DELEGATION: "true", WARM_PREFIX_TARGET: "1" };
  if (!pods) return { enableNetworkPolicy: "true", env };
  return {
    enableNetworkPolicy: "true",
    env: { ...env, AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: "true", ENI_CONFIG_LABEL_DEF: "topology.kubernetes.io/zone" },
    eniConfig: {
      create: true,
      region: pods.region,
      subnets: Object.fromEntries(
        pods.subnets.map(({ zoneName, subnetId }) => [zoneName, { id: subnetId, securityGroups: pods.securityGroupIds }]),
      ),
    },
  };
}

/** CoreDNS: one pod away at a time. On a cluster without EC2 nodes it must ask for Fargate (EKS user guide, "Manage CoreDNS"). */
export function corednsConfiguration({ onFargateOnly }: { readonly onFargateOnly: boolean }): Configuration {
  const availability = { podDisruptionBudget: { enabled: true, maxUnavailable: 1 }, replicaCount: 2 };
  return onFargateOnly ? { ...availability, computeType: "Fargate" } : availability;
}

/** EBS CSI: volumes that pods ask for carry the platform's tags, so that their cost and owner are known. */
export function ebsConfiguration(tags: Readonly<Record<string, string>>): Configuration {
  return { controller: { extraVolumeTags: { ...tags } } };
}
