/** Fargate profiles, keyed by name: which pods run without nodes. For batch and isolated add-ons; one VM per pod, no DaemonSets, no EBS. */
import { EksFargateProfile } from "@cdktf/provider-aws/lib/eks-fargate-profile/index.js";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { ClusterConfig } from "../../environments/schema.ts";
import { trust } from "../iam/policy.ts";
import type { Cluster } from "./control-plane.ts";
import { ServiceRole } from "./role.ts";

export interface FargateProfilesSettings {
  readonly cluster: Pick<Cluster, "name" | "created">;
  readonly account: string;
  readonly region: string;
  readonly roleName: string;
  readonly profiles: ClusterConfig["fargate"];
  /** Private ones: Fargate refuses subnets with a route to an internet gateway. */
  readonly subnetIds: readonly string[];
}

export class FargateProfiles extends Construct {
  readonly ready: readonly ITerraformDependable[] = [];

  constructor(scope: Construct, id: string, settings: FargateProfilesSettings) {
    super(scope, id);
    const { cluster, account, region, subnetIds } = settings;
    const profiles = Object.entries(settings.profiles);
    if (profiles.length === 0) return;
    const role = new ServiceRole(this, "role", {
      name: settings.roleName,
      description: `Starts Fargate pods of the cluster ${cluster.name}: pulls images, ships logs. The pods do not get it`,
      trust: trust(
        "Fargate, for profiles of this cluster only (EKS user guide, 'Amazon EKS Pod execution IAM role', confused deputy)",
        { service: ["eks-fargate-pods.amazonaws.com"] },
        "sts:AssumeRole",
        { ArnLike: { "aws:SourceArn": `arn:aws:eks:${region}:${account}:fargateprofile/${cluster.name}/*` } },
      ),
      policies: ["AmazonEKSFargatePodExecutionRolePolicy"],
    });
    this.ready = profiles.map(
      ([name, { selectors }]) =>
        new EksFargateProfile(this, name, {
          clusterName: cluster.created,
          fargateProfileName: name,
          podExecutionRoleArn: role.arn,
          subnetIds: [...subnetIds],
          selector: selectors.map(({ namespace, labels }) => ({ namespace, labels: { ...labels } })),
          dependsOn: [...role.rights],
        }),
    );
  }
}
