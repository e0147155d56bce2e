/** What all teams have in common in the cluster: the roles of their people, and the namespace of Helm's records. */
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1/index.js";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { CustomResource } from "../addons/addon.ts";
import type { OwnCharts } from "../addons/own-charts.ts";
import { installation } from "./installation.ts";
import { recordsNamespace } from "./names.ts";

export interface TeamRightsSettings {
  readonly project: string;
  readonly roles: readonly CustomResource[];
  readonly charts: OwnCharts;
}

export class TeamRights extends Construct {
  /** What releases of teams wait for. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { project, roles, charts }: TeamRightsSettings) {
    super(scope, id);
    const records = new NamespaceV1(this, "records", {
      metadata: {
        name: recordsNamespace,
        labels: {
          "app.kubernetes.io/managed-by": "terraform",
          "app.kubernetes.io/part-of": project,
          // Nothing runs there.
          "pod-security.kubernetes.io/enforce": "restricted",
          "pod-security.kubernetes.io/warn": "restricted",
        },
      },
    });
    this.ready = [installation(this, "roles", { name: "team-rights", resources: roles, charts, dependsOn: [records] })];
  }
}
