/** What an UpdateClusterConfig asks for, decided without asking anyone: one kind of change at a time, and never none. */
import type { AuthenticationMode, LogType, UpdateClusterConfigRequest } from "@aws-sdk/client-eks";
import { checkEndpoints, enabledLogs, logging } from "./cluster-defaults.ts";
import { invalid } from "./errors.ts";
import { checkPublicAccess } from "./network-checks.ts";
import type { StoredCluster, StoredUpdate } from "./store.ts";

export interface ConfigChange {
  readonly type: StoredUpdate["type"];
  readonly params: Readonly<Record<string, unknown>>;
  /** Members of the cluster as they are afterwards. */
  readonly set: Partial<StoredCluster>;
}

type Request = Omit<UpdateClusterConfigRequest, "name">;

/** @throws InvalidParameterException for several kinds at once, for no change, and for what cannot be. */
export function configChange(cluster: StoredCluster, request: Request): ConfigChange {
  const { resourcesVpcConfig: vpc } = request;
  const kinds: (ConfigChange | undefined)[] = [
    vpc && (vpc.endpointPublicAccess ?? vpc.endpointPrivateAccess ?? vpc.publicAccessCidrs) !== undefined
      ? endpointChange(cluster, vpc)
      : undefined,
    vpc?.subnetIds || vpc?.securityGroupIds ? vpcChange(cluster, vpc) : undefined,
    request.logging && loggingChange(cluster, request.logging),
    request.accessConfig?.authenticationMode && accessChange(cluster, request.accessConfig.authenticationMode),
    request.upgradePolicy?.supportType && {
      type: "UpgradePolicyUpdate",
      params: { UpgradePolicy: request.upgradePolicy },
      set: { upgradePolicy: { supportType: request.upgradePolicy.supportType } },
    },
    request.zonalShiftConfig && {
      type: "ZonalShiftConfigUpdate",
      params: { ZonalShiftConfig: request.zonalShiftConfig },
      set: { zonalShiftConfig: request.zonalShiftConfig },
    },
    request.deletionProtection !== undefined
      ? {
          type: "DeletionProtectionUpdate",
          params: { DeletionProtection: request.deletionProtection },
          set: { deletionProtection: request.deletionProtection },
        }
      : undefined,
    autoModeChange(cluster, request),
  ];
  const [change, ...more] = kinds.filter((kind) => kind !== undefined);
  if (more.length > 0) throw invalid("Only one type of update can be allowed.");
  if (!change) throw invalid("No changes needed for the cluster configuration provided");
  return change;
}

function endpointChange({ resourcesVpcConfig: now }: StoredCluster, vpc: NonNullable<Request["resourcesVpcConfig"]>): ConfigChange {
  const isPublic = vpc.endpointPublicAccess ?? now.endpointPublicAccess;
  const isPrivate = vpc.endpointPrivateAccess ?? now.endpointPrivateAccess;
  // A public endpoint without a list is open to the world, as at creation.
  const cidrs = vpc.publicAccessCidrs ?? (isPublic && now.publicAccessCidrs.length === 0 ? ["0.0.0.0/0"] : now.publicAccessCidrs);
  checkEndpoints(isPublic, isPrivate);
  checkPublicAccess(cidrs);
  const same =
    isPublic === now.endpointPublicAccess &&
    isPrivate === now.endpointPrivateAccess &&
    [...cidrs].sort().join() === [...now.publicAccessCidrs].sort().join();
  if (same) {
    throw invalid(
      `Cluster is already at the desired configuration with endpointPrivateAccess: ${isPrivate} , endpointPublicAccess: ${isPublic}, and Public Endpoint Restrictions: [${cidrs.join(", ")}]`,
    );
  }
  return {
    type: "EndpointAccessUpdate",
    params: { EndpointPublicAccess: String(isPublic), EndpointPrivateAccess: String(isPrivate), PublicAccessCidrs: cidrs },
    set: {
      resourcesVpcConfig: { ...now, endpointPublicAccess: isPublic, endpointPrivateAccess: isPrivate, publicAccessCidrs: [...cidrs] },
    },
  };
}

function vpcChange({ resourcesVpcConfig: now }: StoredCluster, vpc: NonNullable<Request["resourcesVpcConfig"]>): ConfigChange {
  const { subnetIds = now.subnetIds, securityGroupIds = now.securityGroupIds } = vpc;
  return {
    type: "VpcConfigUpdate",
    params: { SubnetIds: subnetIds, SecurityGroupIds: securityGroupIds },
    set: { resourcesVpcConfig: { ...now, subnetIds, securityGroupIds } },
  };
}

function loggingChange(cluster: StoredCluster, wanted: NonNullable<Request["logging"]>): ConfigChange {
  const before = new Set<LogType>((cluster.logging.clusterLogging ?? []).flatMap(({ enabled, types }) => (enabled ? (types ?? []) : [])));
  const after = enabledLogs(before, wanted);
  if ([...before].sort().join() === [...after].sort().join()) throw invalid("No changes needed for the logging config provided");
  return { type: "LoggingUpdate", params: { ClusterLogging: wanted.clusterLogging }, set: { logging: logging(after) } };
}

/** One way: from the ConfigMap, over both, to the API. */
const modes: readonly AuthenticationMode[] = ["CONFIG_MAP", "API_AND_CONFIG_MAP", "API"];

function accessChange(cluster: StoredCluster, mode: AuthenticationMode): ConfigChange {
  const now = cluster.accessConfig.authenticationMode ?? "CONFIG_MAP";
  if (mode === now) throw invalid(`The cluster's authentication mode is already ${mode}`);
  if (modes.indexOf(mode) !== modes.indexOf(now) + 1) throw invalid(`Unsupported authentication mode update from ${now} to ${mode}`);
  return { type: "AccessConfigUpdate", params: { AuthenticationMode: mode }, set: { accessConfig: { authenticationMode: mode } } };
}

/** Auto Mode is on or off as a whole: compute, block storage and load balancing together. */
function autoModeChange({ kubernetesNetworkConfig: network }: StoredCluster, request: Request): ConfigChange | undefined {
  const { computeConfig, storageConfig, kubernetesNetworkConfig } = request;
  if (!computeConfig && !storageConfig && !kubernetesNetworkConfig) return undefined;
  const wanted = [computeConfig?.enabled, storageConfig?.blockStorage?.enabled, kubernetesNetworkConfig?.elasticLoadBalancing?.enabled];
  if (new Set(wanted.map((flag) => flag ?? false)).size > 1) {
    throw invalid(
      "For EKS Auto Mode, please ensure that all required configs, including computeConfig, kubernetesNetworkConfig, and blockStorage are all either fully enabled or fully disabled.",
    );
  }
  const elasticLoadBalancing = kubernetesNetworkConfig?.elasticLoadBalancing ?? network?.elasticLoadBalancing;
  return {
    type: "AutoModeUpdate",
    params: { ComputeConfig: computeConfig, StorageConfig: storageConfig, KubernetesNetworkConfig: kubernetesNetworkConfig },
    set: { computeConfig, storageConfig, kubernetesNetworkConfig: { ...network, elasticLoadBalancing } },
  };
}
