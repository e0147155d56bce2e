/** What happens to a Helm release as such: another chart, another version, another way to install it. */
import { stepBetween } from "../helm/version.ts";
import type { Danger, Detector, Finding, JsonObject, ResourceChange, StackPlan } from "../model.ts";
import { findingOn, type Kind } from "../reading/changes.ts";
import { type Switch, switched, turnsOff, turnsOn } from "../reading/switches.ts";
import { isUnknownAt, textOf } from "../reading/values.ts";

const version: Omit<Kind, "danger"> = {
  rule: "helm-chart-version",
  because: "A chart's major version may rename values, and drop what the old one made",
  remedy: "read the chart's notes on upgrading, and rehearse it",
};
const small: Kind = {
  rule: "helm-chart-version",
  danger: "info",
  because: "Other images, seldom other objects: what the new version makes of the values is seen in a rehearsal",
};
const downgrade: Kind = {
  rule: "helm-chart-downgrade",
  danger: "danger",
  because: "Definitions and data that the newer version wrote may not be understood by the older one",
  remedy: "go on to a mended version instead",
};
const chart: Kind = {
  rule: "helm-chart-replaced",
  danger: "danger",
  because: "Helm upgrades the release in place: what the other chart does not have is deleted",
};
const source: Kind = { rule: "helm-chart-source", danger: "caution", because: "Who may publish there decides what runs in the cluster" };
const again: Kind = {
  rule: "helm-reinstalled",
  danger: "danger",
  because: "The release is uninstalled with all that it made, then installed anew: addresses, volumes and secrets of the chart change",
  remedy: "keep name and namespace, or move the data first",
};
const definitions: Kind = {
  rule: "helm-definitions-removed",
  danger: "danger",
  because: "With the definitions every object of their kinds is deleted from the cluster",
  remedy: "keep the release of definitions as long as anything uses them",
};
const unsafe: Kind = {
  rule: "helm-install-unsafe",
  danger: "caution",
  because: "A failed or forced upgrade leaves the release in a state that somebody has to mend by hand",
};

const releases = ["helm_release"];
const rows: readonly Switch[] = [
  ...["atomic", "wait"].map(
    (name): Switch => ({
      types: releases,
      path: [name],
      tells: turnsOff,
      onCreate: false,
      kind: unsafe,
      what: `a failed upgrade goes unnoticed: ${name} is off`,
    }),
  ),
  ...["force_update", "recreate_pods", "replace", "disable_webhooks", "disable_openapi_validation", "reset_values"].map(
    (name): Switch => ({ types: releases, path: [name], tells: turnsOn, onCreate: false, kind: unsafe, what: `${name} is on` }),
  ),
  { types: releases, path: ["verify"], tells: turnsOff, onCreate: false, kind: source, what: "the chart's signature is no longer checked" },
];

export const helmReleases: Detector = (plan) => [
  ...switched(plan, rows),
  ...plan.changes.filter(({ type }) => type === "helm_release").flatMap((change) => moves(plan, change)),
];

function moves(plan: StackPlan, change: ResourceChange): readonly Finding[] {
  const { address, action, before, after } = change;
  const tell = (kind: Kind, what: string, lines: readonly string[] = []) => findingOn(plan, address, kind, what, lines);
  if (before === null) return [];
  if (action === "delete")
    return holdsDefinitions(before) && !isElsewhere(plan, change) ? [tell(definitions, "definitions are removed from the cluster")] : [];
  if (after === null) return [];
  return [
    ...(action === "replace" ? [tell(again, "is uninstalled and installed again", moved(before, after))] : []),
    ...charts(before, after).map(([kind, what, line]) => tell(kind, what, [line])),
    ...versions(change).map(([kind, what, line]) => tell(kind, what, [line])),
  ];
}

/** The same release under another address. */
function isElsewhere(plan: StackPlan, { before, address }: ResourceChange): boolean {
  return plan.planned.some(
    (object) =>
      object.type === "helm_release" &&
      object.address !== address &&
      object.values.name === before?.name &&
      object.values.namespace === before?.namespace,
  );
}

function moved(before: JsonObject, after: JsonObject): readonly string[] {
  return ["name", "namespace"].flatMap((name) =>
    before[name] === after[name] ? [] : [`${name}: ${textOf(before[name]) ?? "unset"} → ${textOf(after[name]) ?? "unset"}`],
  );
}

/** Charts of ours are folders whose last part is a hash of their contents; those of a mirror are packages, with the version in their name. */
function nameOf({ chart: given, version: number }: JsonObject): string {
  const name = (textOf(given) ?? "").replace(/^(.*\/assets\/[^/]+)\/[0-9A-Fa-f]{32,}$/, "$1");
  const packed = `-${textOf(number) ?? ""}.tgz`;
  return name.endsWith(packed) ? name.slice(0, -packed.length) : name;
}

function charts(before: JsonObject, after: JsonObject): readonly Told[] {
  const [old, next] = [nameOf(before), nameOf(after)];
  const [from, to] = [before, after].map(({ repository }) => textOf(repository) ?? "");
  return [
    ...(old === next || next === "" ? [] : [[chart, "is made of another chart", `${old} → ${next}`] as const]),
    ...(from === to ? [] : [[source, "its chart comes from elsewhere", `${from || "a folder"} → ${to || "a folder"}`] as const]),
  ];
}

type Told = readonly [Kind, string, string];

function versions(change: ResourceChange): readonly Told[] {
  const { before, after } = change;
  const [from, to] = [textOf(before?.version), textOf(after?.version)];
  const isOurs = nameOf(after ?? {}).includes("/assets/");
  if (from === undefined || isOurs) return [];
  // Of a folder the version is in the folder; of a repository nothing says which one it will be.
  if (isUnknownAt(change, ["version"]) || to === undefined) {
    return textOf(after?.repository) === undefined
      ? []
      : [[{ ...version, danger: "caution" }, "its chart's version is known only after apply", `${from} → ?`]];
  }
  const step = stepBetween(from, to);
  const line = `${from} → ${to}`;
  if (step === "same") return [];
  if (step === "downgrade") return [[downgrade, "its chart goes back", line]];
  if (step === "patch" || step === "minor") return [[small, "gets another version of its chart", line]];
  const danger: Danger = step === "major" && holdsDefinitions(after ?? {}) ? "danger" : "caution";
  return [
    [{ ...version, danger }, step === "major" ? "its chart goes to another major version" : "gets another version of its chart", line],
  ];
}

/** Charts that are there for their definitions: karpenter-crd, prometheus-operator-crds. */
function holdsDefinitions(values: JsonObject): boolean {
  return /-crds?$/.test(nameOf(values));
}
