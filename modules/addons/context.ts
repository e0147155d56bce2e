/** What an add-on's functions may know. Plain values; some are tokens of Terraform, which stand for what another state publishes. */
import type { AddonId, AddonOptions } from "../../environments/schema/addons.ts";
import type { Environment } from "../../environments/schema.ts";
import type { Namer } from "../naming.ts";

/** What add-ons use of the cluster. Name and version are known at synth; the rest may be tokens. */
export interface ClusterFacts {
  readonly name: string;
  /** Kubernetes minor. */
  readonly version: string;
  readonly arn: string;
  readonly endpoint: string;
  readonly oidcProviderArn: string;
  readonly oidcIssuer: string;
  readonly securityGroupId: string;
  readonly kmsKeyArn: string;
  /** Absent where the environment has no shared file system. */
  readonly fileSystemId?: string;
  readonly karpenterNodeRole: string;
  readonly karpenterInstanceProfile: string;
}

export interface NetworkFacts {
  readonly vpcId: string;
  readonly vpcCidr: string;
  readonly privateSubnetIds: Readonly<Record<string, string>>;
  readonly publicSubnetIds: Readonly<Record<string, string>>;
  readonly loadBalancerSecurityGroupId: string;
  readonly nodeSecurityGroupId: string;
}

/** The same for all add-ons of a stack. */
export interface Surroundings {
  readonly environment: Environment;
  readonly cluster: ClusterFacts;
  readonly network: NetworkFacts;
  readonly named: Namer;
}

export interface Context<Id extends AddonId = AddonId> extends Surroundings {
  readonly options: AddonOptions<Id>;
  /** Redundancy, retention and sizes of production. */
  readonly production: boolean;
  /**
   * Whether another add-on is chosen.
   * @throws where this add-on does not come after the other: what it then sets would be there too early.
   */
  readonly has: (id: AddonId) => boolean;
  /**
   * Annotations of a service account that has an identity: none with pod identity, the role's ARN where its pods run on Fargate, which has
   * no pod identity agent.
   */
  readonly accountAnnotations: (serviceAccount: string) => Readonly<Record<string, string>>;
}
