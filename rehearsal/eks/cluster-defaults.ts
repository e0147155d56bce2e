/** A new cluster's record from its request: EKS's defaults, pure. Source: EKS API reference, CreateCluster. */
import type { CreateClusterRequest, Logging, LogType } from "@aws-sdk/client-eks";
import { defaultMinor, isOffered, platformVersion } from "./catalogue/kubernetes.ts";
import { invalid } from "./errors.ts";
import { eksArn, type Place } from "./identifiers.ts";
import type { Given } from "./operations/contract.ts";
import type { StoredCluster } from "./store.ts";

const logTypes: readonly LogType[] = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

/** As EKS answers: what is on, then what is off; either is left out where it is empty. */
export function logging(enabled: ReadonlySet<LogType>): Logging {
  const on = logTypes.filter((type) => enabled.has(type));
  const off = logTypes.filter((type) => !enabled.has(type));
  return {
    clusterLogging: [
      { types: on, enabled: true },
      { types: off, enabled: false },
    ].filter(({ types }) => types.length > 0),
  };
}

/** Types that are on after a request changed what was on before. */
export function enabledLogs(before: ReadonlySet<LogType>, { clusterLogging = [] }: Logging = {}): Set<LogType> {
  const after = new Set(before);
  for (const { types = [], enabled } of clusterLogging) for (const type of types) enabled ? after.add(type) : after.delete(type);
  return after;
}

/** @throws InvalidParameterException for what can be told without asking other services. */
export function checkNewCluster({ name, version, accessConfig, encryptionConfig, resourcesVpcConfig }: Given<CreateClusterRequest>): void {
  if (!/^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/.test(name)) throw invalid(`Cluster name ${name} does not match ^[0-9A-Za-z][A-Za-z0-9-_]{0,99}$`);
  if (version !== undefined && !isOffered(version)) throw invalid(`unsupported Kubernetes version ${version}`);
  const { authenticationMode = "CONFIG_MAP", bootstrapClusterCreatorAdminPermissions = true } = accessConfig ?? {};
  if (authenticationMode === "CONFIG_MAP" && !bootstrapClusterCreatorAdminPermissions) {
    throw invalid("bootstrapClusterCreatorAdminPermissions must be true if cluster authentication mode is set to CONFIG_MAP");
  }
  checkEncryption(encryptionConfig);
  checkEndpoints(resourcesVpcConfig.endpointPublicAccess ?? true, resourcesVpcConfig.endpointPrivateAccess ?? false);
}

export function checkEncryption(config: CreateClusterRequest["encryptionConfig"]): void {
  for (const { resources = [], provider } of config ?? []) {
    if (resources.join() !== "secrets") throw invalid("encryptionConfig.resources must be exactly [secrets]");
    if (!/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:(key|alias)\/.+$/.test(provider?.keyArn ?? "")) {
      throw invalid(`Invalid KMS key ARN in encryptionConfig: ${provider?.keyArn}`);
    }
  }
}

export function checkEndpoints(isPublic: boolean, isPrivate: boolean): void {
  if (!isPublic && !isPrivate) throw invalid("Private and public endpoint access cannot be false");
}

/** What other services told. */
export interface Surroundings {
  readonly vpcId: string;
  readonly clusterSecurityGroupId: string;
  readonly serviceCidr: string;
  readonly createdAt: Date;
}

export function newCluster(place: Place, request: Given<CreateClusterRequest>, around: Surroundings): StoredCluster {
  const { resourcesVpcConfig: vpc, kubernetesNetworkConfig: network, version = defaultMinor } = request;
  const isPublic = vpc.endpointPublicAccess ?? true;
  return {
    name: request.name,
    arn: eksArn(place, `cluster/${request.name}`),
    createdAt: around.createdAt,
    version,
    platformVersion: platformVersion(version),
    status: "CREATING",
    roleArn: request.roleArn,
    resourcesVpcConfig: {
      subnetIds: vpc.subnetIds ?? [],
      securityGroupIds: vpc.securityGroupIds ?? [],
      clusterSecurityGroupId: around.clusterSecurityGroupId,
      vpcId: around.vpcId,
      endpointPublicAccess: isPublic,
      endpointPrivateAccess: vpc.endpointPrivateAccess ?? false,
      publicAccessCidrs: vpc.publicAccessCidrs ?? (isPublic ? ["0.0.0.0/0"] : []),
    },
    kubernetesNetworkConfig: {
      ...(network?.ipFamily === "ipv6" ? { serviceIpv6Cidr: "fd00:10:96::/108" } : { serviceIpv4Cidr: around.serviceCidr }),
      ipFamily: network?.ipFamily ?? "ipv4",
      elasticLoadBalancing: { enabled: network?.elasticLoadBalancing?.enabled ?? false },
    },
    logging: logging(enabledLogs(new Set(), request.logging)),
    tags: request.tags ?? {},
    ...(request.encryptionConfig?.length && { encryptionConfig: request.encryptionConfig }),
    accessConfig: { authenticationMode: request.accessConfig?.authenticationMode ?? "CONFIG_MAP" },
    upgradePolicy: { supportType: request.upgradePolicy?.supportType ?? "EXTENDED" },
    deletionProtection: request.deletionProtection ?? false,
    controlPlaneScalingConfig: request.controlPlaneScalingConfig ?? { tier: "standard" },
    health: { issues: [] },
    // EKS leaves these out where they were not asked for; Terraform's provider would see them as drift.
    ...(request.zonalShiftConfig && { zonalShiftConfig: request.zonalShiftConfig }),
    ...(request.remoteNetworkConfig && { remoteNetworkConfig: request.remoteNetworkConfig }),
    ...(request.computeConfig && { computeConfig: request.computeConfig }),
    ...(request.storageConfig && { storageConfig: request.storageConfig }),
  };
}
