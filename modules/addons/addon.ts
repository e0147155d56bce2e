/**
 * What an add-on is: a row of data with pure functions. The engine alone turns the chosen rows into Terraform resources; a row never sees a
 * construct, so that all of it can be tested as plain values.
 *
 * A new add-on is five files and one line each in two indexes (docs/addons/README.md):
 *   environments/schema/addons/<id>.ts              its options            line in environments/schema/addons.ts
 *   modules/addons/catalogue/<id>.ts                this row               line in modules/addons/catalogue/index.ts
 *   test/modules/addons/catalogue/<id>.ts           IAM requests that must be allowed and denied
 *   docs/addons/<id>.md                             written by `npm run golden`
 *   charts/crds-<id>/                               only where Helm would never upgrade the chart's CRDs
 * Its chart's version is a line of environments/chart-versions.ts.
 */
import type { ChartName } from "../../environments/chart-versions.ts";
import type { JsonValue } from "../../environments/schema/addons/common.ts";
import type { AddonId } from "../../environments/schema/addons.ts";
import type { Statement } from "../iam/policy.ts";
import type { Alert } from "./alert.ts";
import type { AwsPart } from "./aws-parts.ts";
import type { Context } from "./context.ts";
import type { Namespace } from "./namespaces.ts";
import type { Quota } from "./quota.ts";
import type { Workload } from "./workload.ts";

/** Helm values, or a part of them. */
export type Values = { readonly [key: string]: JsonValue };

/** A Kubernetes object. Tests hold it against its CRD in ../shared/charts; a misspelt field fails there. */
export interface CustomResource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    /** Absent: the add-on's namespace for namespaced kinds. */
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

/** The AWS rights of one service account. The account is made by the chart, under exactly this name. */
export interface Identity {
  readonly serviceAccount: string;
  /** Where it differs from the add-on's, for example for agents of a CI server. */
  readonly namespace?: Namespace;
  readonly statements: readonly Statement[];
}

/**
 * Custom resource definitions as a release of their own, before the chart, so that they are upgraded with it.
 * `chart`: upstream's CRD chart. `vendored`: charts/crds-<id>, made by `npm run vendor-crds`, for charts whose crds/ folder Helm installs
 * once and never touches again (Helm documentation, "Custom Resource Definitions"). Charts with CRDs in their templates need neither.
 */
export type Definitions =
  | { readonly kind: "chart"; readonly chart: ChartName; readonly values: Values }
  | { readonly kind: "vendored"; readonly folder: `crds-${string}` };

export interface Edge {
  readonly id: AddonId;
  readonly because: string;
}

export interface Addon<Id extends AddonId = AddonId> {
  readonly id: Id;
  /** One sentence for people who choose. */
  readonly purpose: string;
  /** Absent: the add-on is only custom resources. */
  readonly chart?: ChartName;
  readonly namespace: Namespace;
  /** Add-ons that must be chosen, too; they are installed before. */
  readonly needs?: readonly Edge[];
  /** Add-ons that are installed before where they are chosen. `has(id)` may be asked about these and `needs` only. */
  readonly after?: readonly AddonId[];
  /** Add-ons that must not be chosen. */
  readonly conflicts?: readonly Edge[];
  /** Kubernetes minors that the chart's version supports, both inclusive. */
  readonly kubernetes?: { readonly from?: string; readonly to?: string };
  readonly definitions?: Definitions;
  /**
   * Whether Terraform waits until the release's workloads are ready. True where something else relies on them: custom resources behind a
   * webhook with failurePolicy Fail, an API service, a queue that must be watched. A release that waits is atomic: what fails is rolled back.
   * It is fixed, not derived from what is chosen, so that removing one add-on changes no other release.
   */
  readonly wait: boolean;
  /**
   * Why an install may take over objects of its names that no release owns, for charts of which something comes back or stays after an
   * uninstall. Absent: such an object is an error, since it may be somebody's.
   */
  readonly takesOver?: string;
  /** Seconds for install, upgrade and uninstall; default 300. */
  readonly timeout?: number;
  readonly identities?: (context: Context<Id>) => readonly Identity[];
  /** Of namespaces in which pods of users run. Absent: the namespace is exempt; quota.ts says why. */
  readonly quotas?: (context: Context<Id>) => readonly Quota[];
  /** AWS resources beside its rights, as plain values; made before the chart. */
  readonly aws?: (context: Context<Id>) => readonly AwsPart[];
  readonly values?: (context: Context<Id>) => Values;
  /** Installed after the chart and gone before it. */
  readonly resources?: (context: Context<Id>) => readonly CustomResource[];
  /** Default alerts, of one PrometheusRule where the kinds are chosen (`after` or `needs` prometheus-operator-crds). Tested with promtool. */
  readonly alerts?: (context: Context<Id>) => readonly Alert[];
  /**
   * What of its objects the API server lets nobody change. Where one of these changes, the release of objects is removed and made anew;
   * without it, every apply would fail until somebody deletes them by hand.
   */
  readonly immutable?: (context: Context<Id>) => Readonly<Record<string, string>>;
  /** What runs, as requested by `values`; its sum is held against the node groups, and the page shows it. */
  readonly workloads?: (context: Context<Id>) => readonly Workload[];
  /** Paths into the chart's values.yaml below which any key goes although it has keys of its own, for example "configs.cm". */
  readonly freeValues?: readonly string[];
  /** Why the values are what they are: path and reason, for the page. */
  readonly choices: Readonly<Record<string, string>>;
  readonly docs: {
    /** Commands that show that it works. */
    readonly verify: readonly string[];
    readonly upgrade: string;
    readonly remove: string;
  };
}

/** Types the functions of a row by its id. */
export function addon<const Id extends AddonId>(row: Addon<Id>): Addon<Id> {
  return row;
}
