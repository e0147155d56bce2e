/** A release of our own chart of plain objects; Helm's record of it lies where no team reaches it. */
import type { Release } from "@cdktf/provider-helm/lib/release/index.js";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { CustomResource, Values } from "../addons/addon.ts";
import { resourcesOf } from "../addons/custom-resources.ts";
import type { OwnCharts } from "../addons/own-charts.ts";
import { release } from "../addons/release.ts";
import { helmJson } from "../addons/values.ts";
import { recordsNamespace } from "./names.ts";

export interface Installation {
  readonly name: string;
  readonly resources: readonly CustomResource[];
  readonly charts: OwnCharts;
  readonly dependsOn: readonly ITerraformDependable[];
}

export function installation(scope: Construct, id: string, { name, resources, charts, dependsOn }: Installation): Release {
  return release(scope, id, {
    name,
    namespace: recordsNamespace,
    source: { chart: charts.path("resources") },
    values: helmJson({ resources: inOrder(resourcesOf(resources)) }),
    // Nothing to wait for: none of these objects becomes ready.
    wait: false,
    timeout: 300,
    takesOver: false,
    skipDefinitions: false,
    dependsOn,
  });
}

/** By key, so that the order of lines in an environment file changes nothing. */
function inOrder(resources: Values): Values {
  return Object.fromEntries(Object.entries(resources).sort(([a], [b]) => (a < b ? -1 : 1)));
}
