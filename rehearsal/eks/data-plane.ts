/**
 * The seam between the emulated EKS API and what stands behind a cluster. Calls are declarative: each tells the whole wanted state, so
 * that an implementation can be late, repeat, or start anew.
 */

export interface ClusterIdentity {
  readonly name: string;
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  /** Kubernetes minor, for example "1.35". */
  readonly version: string;
}

export interface ControlPlane {
  /** URL of the Kubernetes API. */
  readonly endpoint: string;
  /** Base64 of the PEM certificate authority, as DescribeCluster returns it. */
  readonly certificateAuthority: string;
}

export interface AccessEntry {
  readonly principalArn: string;
  readonly type: "STANDARD" | "EC2_LINUX" | "EC2_WINDOWS" | "FARGATE_LINUX" | "EC2" | "HYBRID_LINUX" | "HYPERPOD_LINUX";
  readonly username: string;
  readonly groups: readonly string[];
  readonly policies: readonly { readonly policyArn: string; readonly namespaces: readonly string[] | "cluster" }[];
}

export interface NodePool {
  readonly name: string;
  readonly kind: "managed" | "self-managed";
  readonly instanceTypes: readonly string[];
  readonly desired: number;
  /** Zone names, for example "ap-northeast-2a"; nodes spread over them. */
  readonly zones: readonly string[];
  readonly capacityType: "ON_DEMAND" | "SPOT";
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly {
    readonly key: string;
    readonly value: string;
    readonly effect: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
  }[];
  readonly diskGiB: number;
}

export interface FargateProfile {
  readonly name: string;
  readonly selectors: readonly { readonly namespace: string; readonly labels: Readonly<Record<string, string>> }[];
  readonly zones: readonly string[];
}

export interface DataPlane {
  /** What the report says about it, for example "kwok 0.8.0, Kubernetes 1.35.4". */
  readonly description: string;
  /** Asked again for the same name, with the newer version, after a version update; what it answers then is what DescribeCluster says. */
  start(cluster: ClusterIdentity): Promise<ControlPlane>;
  stop(cluster: string): Promise<void>;
  setAccess(cluster: string, entries: readonly AccessEntry[]): Promise<void>;
  setNodes(cluster: string, pools: readonly NodePool[]): Promise<void>;
  setFargate(cluster: string, profiles: readonly FargateProfile[]): Promise<void>;
  /** Names of the EKS add-ons that the cluster has; of most the data plane plays what matters anyway. */
  setAddons(cluster: string, names: readonly string[]): Promise<void>;
  /** Ends everything that was started. */
  close(): Promise<void>;
}
