/** Lets people of teams into the cluster: an access entry per IAM role. No access policies: all rights are those of the bindings. */
import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry/index.js";
import { Construct } from "constructs";
import type { TenancyConfig } from "../../environments/schema.ts";
import { groupsByRole } from "./people.ts";

export interface TeamAccessSettings {
  /** Name as EKS returns it. */
  readonly cluster: string;
  readonly account: string;
  readonly teams: TenancyConfig["teams"];
}

export class TeamAccess extends Construct {
  constructor(scope: Construct, id: string, { cluster, account, teams }: TeamAccessSettings) {
    super(scope, id);
    for (const [role, groups] of groupsByRole(teams)) {
      new EksAccessEntry(this, role, {
        clusterName: cluster,
        principalArn: `arn:aws:iam::${account}:role/${role}`,
        type: "STANDARD",
        kubernetesGroups: [...groups],
      });
    }
  }
}
