/**
 * One Helm release, with the settings that make it repeatable. How hashicorp/helm 3.1 behaves, by its source (resource_helm_release.go) and
 * tried: a first install that fails is not written into the state. With `atomic` Helm removes it; without, its record stays as `failed`, and
 * only `upgrade_install` lets the next apply take it over instead of failing with "cannot re-use a name that is still in use".
 * A release whose process was killed stays `pending-install`, which nothing but an operator can judge (docs/addons/README.md, "Repair").
 */
import { Release } from "@cdktf/provider-helm/lib/release/index.js";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { Values } from "./addon.ts";
import type { ChartSource } from "./chart-source.ts";
import { helmYaml } from "./values.ts";

export interface ReleaseSettings {
  readonly name: string;
  readonly namespace: string;
  readonly source: Partial<ChartSource> & Pick<ChartSource, "chart">;
  /** As data, or as the text that Helm gets. */
  readonly values: Values | string;
  readonly wait: boolean;
  /** Seconds. */
  readonly timeout: number;
  /** Objects of its names that no release owns become its own; see `takesOver` in addon.ts. */
  readonly takesOver: boolean;
  /** The chart's crds/ folder is left out, because another release owns the definitions. */
  readonly skipDefinitions: boolean;
  /** Addresses: where one of them is replaced, the release is, too. */
  readonly replacedBy?: readonly string[];
  readonly dependsOn: readonly ITerraformDependable[];
}

/** Revisions that Helm keeps. Each is a Secret of up to 1 MiB in etcd, and the provider's own default is all of them. */
const keptRevisions = 5;

export function release(scope: Construct, id: string, settings: ReleaseSettings): Release {
  const { name, namespace, source, values, wait, timeout, takesOver, skipDefinitions, replacedBy = [], dependsOn } = settings;
  return new Release(scope, id, {
    ...source,
    name,
    namespace,
    values: [typeof values === "string" ? values : helmYaml(values)],
    // Helm makes `atomic` wait (pkg/action, Install): they go together.
    wait,
    waitForJobs: wait,
    atomic: wait,
    cleanupOnFail: true,
    upgradeInstall: true,
    timeout,
    maxHistory: keptRevisions,
    ...(takesOver && { takeOwnership: true }),
    skipCrds: skipDefinitions,
    dependsOn: [...dependsOn],
    ...(replacedBy.length > 0 && { lifecycle: { replaceTriggeredBy: [...replacedBy] } }),
  });
}
