/** The AWS identity of one add-on's pods, by EKS pod identity. */
import type { Construct } from "constructs";
import { type Statement, trust } from "../iam/policy.ts";
import { ServiceRole } from "./role.ts";

export interface PodIdentitySettings {
  readonly name: string;
  readonly account: string;
  readonly clusterName: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  /** AWS managed policies, with path. */
  readonly policies: readonly string[];
  /** What they do not have. */
  readonly statements?: readonly Statement[];
}

export class PodIdentityRole extends ServiceRole {
  readonly serviceAccount: string;

  constructor(scope: Construct, id: string, settings: PodIdentitySettings) {
    const { name, account, clusterName, namespace, serviceAccount, policies, statements } = settings;
    super(scope, id, {
      name,
      description: `Pods of ${namespace}/${serviceAccount}`,
      trust: trust(
        // Source: EKS user guide, "Create IAM role with trust policy required by EKS Pod Identity".
        "one service account of one cluster; without these tags any association in the account could take the role",
        { service: ["pods.eks.amazonaws.com"] },
        ["sts:AssumeRole", "sts:TagSession"],
        {
          StringEquals: {
            "aws:SourceAccount": account,
            "aws:RequestTag/eks-cluster-name": clusterName,
            "aws:RequestTag/kubernetes-namespace": namespace,
            "aws:RequestTag/kubernetes-service-account": serviceAccount,
          },
        },
      ),
      policies,
      ...(statements && { statements }),
    });
    this.serviceAccount = serviceAccount;
  }
}
