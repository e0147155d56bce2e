/** Plans for tests, made as Terraform's JSON and read by the real reader, so that a test of a finding also tries what it reads. */
import type { JsonObject, StackPlan } from "../../review/model.ts";
import { type PlanMeta, readPlan } from "../../review/plan-json.ts";

/** Stands in `after` for what is known only after apply. */
export const afterApply = Symbol("known after apply");

/** A value that the provider's schema calls sensitive. */
export class Sensitive {
  constructor(readonly value: Value) {}
}

export type Value = null | boolean | number | string | typeof afterApply | Sensitive | readonly Value[] | { readonly [key: string]: Value };
export type Values = { readonly [key: string]: Value };

/** One entry of `resource_changes`, in our words; `change()` and its kin make it. */
export interface Change {
  readonly address: string;
  readonly actions: readonly string[];
  readonly before?: Values;
  readonly after?: Values;
  /** Paths that force a replacement. */
  readonly replacePaths?: readonly (readonly (string | number)[])[];
  readonly reason?: string;
  readonly movedFrom?: string;
  readonly importing?: string;
  readonly deposed?: string;
}

export interface PlanParts {
  /** Id of the stack; default: dev-network. */
  readonly stack?: string;
  readonly changes?: readonly Change[];
  readonly drift?: readonly Change[];
  readonly outputs?: Readonly<Record<string, { readonly actions: readonly string[]; readonly before?: Value; readonly after?: Value }>>;
  /** Addresses that a resource's expressions refer to, by address. */
  readonly references?: Readonly<Record<string, readonly string[]>>;
  /** Any other key of the plan, for example `complete`. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

export const created = (address: string, after: Values): Change => ({ address, actions: ["create"], after });
export const updated = (address: string, before: Values, after: Values): Change => ({ address, actions: ["update"], before, after });
export const deleted = (address: string, before: Values, reason = "delete_because_no_resource_config"): Change => ({
  address,
  actions: ["delete"],
  before,
  reason,
});
/** Stays as it is; listed, since a plan lists it. */
export const unchanged = (address: string, values: Values): Change => ({ address, actions: ["no-op"], before: values, after: values });
/** `because` are the attributes that force it. */
export const replaced = (address: string, before: Values, after: Values, ...because: readonly string[]): Change => ({
  address,
  actions: ["delete", "create"],
  before,
  after,
  replacePaths: because.map((name) => name.split(".")),
  reason: "replace_because_cannot_update",
});

/** What `terraform show -json` would print. */
export function planText({ changes = [], drift = [], outputs = {}, references = {}, extra = {} }: PlanParts): string {
  const resources = Object.entries(references).map(([address, names]) => ({ address, expressions: { any: { references: names } } }));
  return JSON.stringify({
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: { root_module: {} },
    resource_changes: changes.map(changeJson),
    resource_drift: drift.map(changeJson),
    output_changes: Object.fromEntries(
      Object.entries(outputs).map(([name, { actions, before = null, after = null }]) => [name, { actions, ...sides(before, after) }]),
    ),
    configuration: { root_module: { resources } },
    complete: true,
    errored: false,
    ...extra,
  });
}

/** The plan as detectors get it. */
export function plan(parts: PlanParts): StackPlan {
  return readPlan(planText(parts), metaOf(parts.stack ?? "dev-network"));
}

export function metaOf(id: string): PlanMeta {
  const cut = id.lastIndexOf("-");
  return { id, environment: id.slice(0, cut), stack: id.slice(cut + 1) };
}

function changeJson({ address, actions, before, after, replacePaths, reason, movedFrom, importing, deposed }: Change): object {
  const [type = "", name = ""] = address.replace(/^(module\.[^.]+\.)*(data\.)?/, "").split(".");
  return {
    address,
    mode: /(^|\.)data\./.test(address) ? "data" : "managed",
    type,
    name,
    provider_name: `registry.terraform.io/hashicorp/${type.split("_")[0]}`,
    change: {
      actions,
      ...sides(before ?? null, after ?? null),
      ...(replacePaths && { replace_paths: replacePaths }),
      ...(importing !== undefined && { importing: { id: importing } }),
    },
    ...(reason !== undefined && { action_reason: reason }),
    ...(movedFrom !== undefined && { previous_address: movedFrom }),
    ...(deposed !== undefined && { deposed }),
  };
}

function sides(before: Value, after: Value): object {
  return {
    before: plain(before) ?? null,
    after: plain(after) ?? null,
    after_unknown: marks(after, (value) => value === afterApply),
    before_sensitive: marks(before, (value) => value instanceof Sensitive),
    after_sensitive: marks(after, (value) => value instanceof Sensitive),
  };
}

/** As Terraform writes it: an unknown key is left out, an unknown element is null. */
function plain(value: Value): unknown {
  if (value === afterApply) return undefined;
  if (value instanceof Sensitive) return plain(value.value);
  if (Array.isArray(value)) return value.map((item: Value) => plain(item) ?? null);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

/** The map that Terraform writes beside values: true where it holds, nothing where it holds nowhere below. */
function marks(value: Value, holds: (value: Value) => boolean): unknown {
  if (holds(value)) return true;
  if (value instanceof Sensitive) return marks(value.value, holds);
  if (Array.isArray(value)) return value.map((item: Value) => marks(item, holds));
  if (typeof value !== "object" || value === null) return false;
  const entries = Object.entries(value).map(([key, item]): [string, unknown] => [key, marks(item, holds)]);
  return Object.fromEntries(entries.filter(([, mark]) => mark !== false));
}

/** A plan's JSON for a test that wants to break it. */
export function planJson(parts: PlanParts): JsonObject {
  return JSON.parse(planText(parts));
}
