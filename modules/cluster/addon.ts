/** One EKS add-on, at the version that versions.ts pins for the cluster's minor. */
import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon/index.js";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type AddonName, kubernetesRelease } from "../../environments/versions.ts";
import { type Configuration, configurationValues } from "./addon-configuration.ts";
import type { Cluster } from "./control-plane.ts";
import type { PodIdentityRole } from "./pod-identity-role.ts";

export interface AddonSettings {
  readonly cluster: Pick<Cluster, "created" | "version">;
  readonly name: AddonName;
  readonly configuration?: Configuration;
  readonly identity?: PodIdentityRole;
  readonly after?: readonly ITerraformDependable[];
}

export class Addon extends Construct {
  readonly addon: EksAddon;

  constructor(scope: Construct, id: string, settings: AddonSettings) {
    super(scope, id);
    const { cluster, name, configuration, identity, after = [] } = settings;
    this.addon = new EksAddon(this, "addon", {
      clusterName: cluster.created,
      addonName: name,
      addonVersion: kubernetesRelease(cluster.version).addons[name],
      ...(configuration && { configurationValues: configurationValues(configuration) }),
      // What a half-finished first run left behind is taken over, so that a second apply repairs it.
      resolveConflictsOnCreate: "OVERWRITE",
      // Code wins over edits by hand: with PRESERVE they would survive unseen, since Terraform does not read what runs in the cluster.
      resolveConflictsOnUpdate: "OVERWRITE",
      ...(identity && { podIdentityAssociation: [{ roleArn: identity.arn, serviceAccount: identity.serviceAccount }] }),
      dependsOn: [...after, ...(identity?.rights ?? [])],
    });
  }
}
