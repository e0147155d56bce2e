/** The IAM role of one service account of an add-on, and what ties the two together. */
import { EksPodIdentityAssociation } from "@cdktf/provider-aws/lib/eks-pod-identity-association/index.js";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { PodIdentityRole } from "../cluster/pod-identity-role.ts";
import { ServiceRole } from "../cluster/role.ts";
import { trust } from "../iam/policy.ts";
import type { ClusterFacts } from "./context.ts";
import type { PlannedIdentity } from "./identity.ts";

export class AddonIdentity extends Construct {
  /** What the pods must wait for: a pod that starts before its association gets no credentials until it is restarted. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, identity: PlannedIdentity, cluster: ClusterFacts, account: string) {
    super(scope, id);
    const { serviceAccount, namespace, roleName: name, statements, kind } = identity;
    if (kind === "web-identity") {
      this.ready = new ServiceRole(this, "role", {
        name,
        description: `Pods of ${namespace}/${serviceAccount}`,
        trust: webIdentity(cluster, namespace, serviceAccount),
        policies: [],
        statements,
      }).rights;
      return;
    }
    const clusterName = cluster.name;
    const role = new PodIdentityRole(this, "role", { name, account, clusterName, namespace, serviceAccount, policies: [], statements });
    const association = new EksPodIdentityAssociation(this, "association", {
      clusterName,
      namespace,
      serviceAccount,
      roleArn: role.arn,
      dependsOn: [...role.rights],
    });
    this.ready = [association];
  }
}

/** Source: EKS user guide, "Assign IAM roles to Kubernetes service accounts": subject and audience, both exact. */
function webIdentity({ oidcProviderArn, oidcIssuer }: ClusterFacts, namespace: string, serviceAccount: string) {
  return trust("one service account of one cluster", { federated: [oidcProviderArn] }, "sts:AssumeRoleWithWebIdentity", {
    StringEquals: {
      [`${oidcIssuer}:sub`]: `system:serviceaccount:${namespace}:${serviceAccount}`,
      [`${oidcIssuer}:aud`]: "sts.amazonaws.com",
    },
  });
}
