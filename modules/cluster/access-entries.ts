/** Who may use the Kubernetes API: an access entry per role, keyed by its name in the environment file. */
import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry/index.js";
import { EksAccessPolicyAssociation } from "@cdktf/provider-aws/lib/eks-access-policy-association/index.js";
import { Construct } from "constructs";
import type { ClusterConfig } from "../../environments/schema.ts";
import { accessPolicyArn } from "./access-policy.ts";

export interface AccessEntriesSettings {
  /** Name as EKS returns it. */
  readonly cluster: string;
  readonly access: ClusterConfig["access"];
}

export class AccessEntries extends Construct {
  constructor(scope: Construct, id: string, { cluster, access }: AccessEntriesSettings) {
    super(scope, id);
    for (const [name, { role, policy, namespaces, groups }] of Object.entries(access)) {
      const entry = new EksAccessEntry(this, name, {
        clusterName: cluster,
        principalArn: role,
        type: "STANDARD",
        ...(groups.length > 0 && { kubernetesGroups: [...groups] }),
      });
      new EksAccessPolicyAssociation(this, `${name}-policy`, {
        clusterName: cluster,
        // From the entry, so that an association never comes before it.
        principalArn: entry.principalArn,
        policyArn: accessPolicyArn(policy),
        accessScope: namespaces.length > 0 ? { type: "namespace", namespaces: [...namespaces] } : { type: "cluster" },
      });
    }
  }
}
