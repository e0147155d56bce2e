/** What the values of a Helm release become, as data: which of it is risky, and all of it for whoever wants to look. */
import { goneFrom } from "../helm/gone.ts";
import { openedBy } from "../helm/network-policies.ts";
import { weakerLevel } from "../helm/risks/pods.ts";
import type { ValueRisk } from "../helm/risks/risk.ts";
import { valueRisks } from "../helm/risks.ts";
import { type ValueChange, valueChanges, valuesOf } from "../helm/values.ts";
import type { Danger, Detector, Finding, JsonObject, ResourceChange, StackPlan } from "../model.ts";
import { equal } from "../plan/json.ts";
import { findingOn, type Kind, settings } from "../reading/changes.ts";
import { isUnknownAt, listOf, objectsOf, valueAt } from "../reading/values.ts";
import { pathText, valueText } from "../text/path.ts";

const kinds = {
  values: { rule: "helm-values", danger: "info", because: "What the chart makes of them is seen by rendering it, or in a rehearsal" },
  unknown: {
    rule: "helm-values-unknown",
    danger: "caution",
    because: "Nobody can review what is known only after apply",
    remedy: "name what you can by names that you give, not by attributes that AWS computes",
  },
  unreadable: { rule: "helm-values-unreadable", danger: "caution", because: "What cannot be read cannot be reviewed" },
  policies: {
    rule: "helm-network-opened",
    danger: "caution",
    because: "Network policies are all that stands between pods: security groups see nodes only",
    remedy: "name who needs it, by namespace or address, and the port",
  },
  level: {
    rule: "kubernetes-pod-security-weaker",
    danger: "danger",
    because: "Pods of the namespace may share the node's network, disks and processes (Pod Security Standards)",
  },
} as const satisfies Readonly<Record<string, Kind>>;

/** Longer lists are cut: the plan has them whole. */
const most = 30;

export const helmValues: Detector = (plan) => [
  ...settings(plan).flatMap((change) => {
    if (change.type === "helm_release") return release(plan, change);
    return /^kubernetes_namespace/.test(change.type) ? namespace(plan, change) : [];
  }),
  ...plan.changes
    .filter(({ type, action }) => type === "helm_release" && action === "delete")
    .flatMap((change) => uninstalled(plan, change)),
];

/** What goes with a release; where it goes is told of anyhow, its guards are of no use without it. */
function uninstalled(plan: StackPlan, { address, before }: ResourceChange): readonly Finding[] {
  const was = valuesOf(before);
  return was === undefined ? [] : gone(plan, address, was, undefined).filter(({ rule }) => rule === "helm-object-removed");
}

function gone(plan: StackPlan, address: string, was: JsonObject, is: JsonObject | undefined): readonly Finding[] {
  return goneFrom(was, is).map(({ rule, danger, what, because, path }) =>
    findingOn(plan, address, { rule, danger, because }, what, [`${pathText(path)}: removed`]),
  );
}

function release(plan: StackPlan, change: ResourceChange): readonly Finding[] {
  const { address, action, before, after } = change;
  const isNew = action === "create";
  if (isUnknownAt(change, ["values"]) || isUnknownAt(change, ["set"])) {
    return isNew ? [] : [findingOn(plan, address, kinds.unknown, "its values are known only after apply")];
  }
  // YAML is slow to read: a release is read where something of it may be told.
  if (isNew ? !isWorthReading(after) : isSame(before, after)) return [];
  const [was, is] = [valuesOf(before), valuesOf(after)];
  if (is === undefined || was === undefined) {
    return [findingOn(plan, address, kinds.unreadable, "its values cannot be read")];
  }
  const changed = valueChanges(was, is);
  const lines = changed.map(lineOf);
  const rest = lines.length > most ? [`and ${lines.length - most} more`] : [];
  const all =
    isNew || changed.length === 0
      ? []
      : [findingOn(plan, address, kinds.values, `${changed.length} values change`, [...lines.slice(0, most), ...rest])];
  const guards = isNew
    ? []
    : [
        ...gone(plan, address, was, is),
        ...openedBy(was, is).map(({ what, lines: ways }) => findingOn(plan, address, kinds.policies, what, ways)),
      ];
  return [...risky(plan, address, changed, isNew), ...guards, ...all];
}

const isSame = (before: JsonObject | null, after: JsonObject | null) =>
  ["values", "set", "set_list"].every((name) => equal(before?.[name], after?.[name]));

/** A word that some row for new releases asks for. */
const words = new RegExp(
  [
    "(hostNetwork|hostPID|hostIPC|privileged|PrivilegeEscalation|ForkPRs)[\"']?: *[\"']?true",
    "hostPath|runAsUser[\"']?: *0\\b|add[\"']?:|LoadBalancer|SourceRanges|NodePort|internet-facing|cidrs|cluster-admin|anonymous|allowlist",
    "tag[\"']?: *[\"']?(latest|main|master)|[\"']\\*[\"']",
  ].join("|"),
  "i",
);

function isWorthReading(release: JsonObject | null): boolean {
  return [...listOf(release?.values), ...objectsOf(release?.set).map(({ name, value }) => `${name} ${value}`)].some((text) =>
    words.test(String(text)),
  );
}

function risky(plan: StackPlan, address: string, changed: readonly ValueChange[], isNew: boolean): readonly Finding[] {
  const byRule = new Map<string, { readonly row: ValueRisk; readonly danger: Danger; readonly line: string }[]>();
  for (const value of changed) {
    const path = value.path.join(".");
    for (const row of valueRisks) {
      const danger = isNew ? row.onCreate : row.danger;
      if (danger === undefined || !row.path.test(path) || !row.tells(value.after, value.before)) continue;
      byRule.set(row.rule, [...(byRule.get(row.rule) ?? []), { row, danger, line: lineOf(value) }]);
    }
  }
  return [...byRule.values()].flatMap((found) => {
    const [worst] = [...found].sort((one, other) => levels.indexOf(other.danger) - levels.indexOf(one.danger));
    if (worst === undefined) return [];
    const { rule, because, what } = worst.row;
    return [findingOn(plan, address, { rule, because, danger: worst.danger }, what, [...new Set(found.map(({ line }) => line))])];
  });
}

const levels: readonly Danger[] = ["info", "caution", "danger"];

const lineOf = ({ path, before, after }: ValueChange) => `${pathText(path)}: ${valueText(before)} → ${valueText(after)}`;

/** The level that a namespace enforces. */
function namespace(plan: StackPlan, { address, action, before, after }: ResourceChange): readonly Finding[] {
  const path = ["metadata", "labels", "pod-security.kubernetes.io/enforce"];
  const [was, is] = [before, after].map((values) => (values === null ? null : (valueAt(values, path) ?? null)));
  if (action === "create" || !weakerLevel(is ?? null, was ?? null)) return [];
  return [findingOn(plan, address, kinds.level, "enforces less on pods", [`${was} → ${is ?? "unset"}`])];
}
