/**
 * Reads what `terraform show -json <plan>` prints (Terraform >= 1.5, OpenTofu >= 1.6) into a `StackPlan`. Values leave here redacted. It
 * fails closed: what is not surely a whole plan is an error, never "no changes".
 */
import { UserError } from "../environments/user-error.ts";
import type { FailedCheck, Freshness, Outcome, OutputChange, PlannedResource, ResourceChange, StackPlan } from "./model.ts";
import { configuredOf } from "./plan/configured.ts";
import { relevantDrift } from "./plan/drift.ts";
import { type PlanForm, planOf, type ResourceChangeForm } from "./plan/form.ts";
import { equal, isObject, listOf, objectOf, textOf } from "./plan/json.ts";
import { clean, redacted } from "./plan/redact.ts";
import { readsOf, referencesOf } from "./plan/references.ts";
import { withRecord } from "./plan/release-drift.ts";
import { actionOf, resourceChangeOf } from "./plan/resource-change.ts";

/** What the plan does not say of itself. */
export interface PlanMeta {
  /** For example dev-network. */
  readonly id: string;
  readonly environment: string;
  readonly stack: string;
  /** File, for messages; default: the id. */
  readonly source?: string;
  readonly freshness?: Freshness;
}

/** @throws UserError where the text is not a whole plan of a version that is understood. */
export function readPlan(text: string, meta: PlanMeta): StackPlan {
  const source = meta.source ?? meta.id;
  const plan = planOf(text, source);
  const all = (plan.resource_changes ?? []).map((form) => readChange(form, source));
  const managed = all.filter(({ address }) => !isData(address));
  const present = side(managed, ({ before }) => before, objectOf(plan.prior_state).values);
  const planned = side(managed, ({ after, action }) => (action === "forget" ? null : after), plan.planned_values);
  const changes = all.filter(isWorthTelling);
  // A refresh-only plan lists neither changes nor objects that stay.
  const refreshOnly = managed.length === 0 && planned.length === 0;
  const drift = (plan.resource_drift ?? []).map((form) => withRecord(readChange(form, source), form)).filter(isWorthTelling);
  const configured = configuredOf(plan.configuration);
  return {
    ...emptyPlan(meta, "planned", undefined),
    changes,
    drift: relevantDrift(drift, { configured, changes, refreshOnly, present }),
    outputs: outputsOf(plan, source),
    present,
    planned: refreshOnly ? present : planned,
    references: referencesOf(plan.configuration),
    reads: readsOf(plan.configuration),
    complete: plan.complete !== false,
    putOff: (plan.deferred_changes ?? [])
      .map(({ reason, resource_change: change }) => `${change?.address ?? "?"}: ${reason ?? "unknown"}`)
      .sort(),
    failedChecks: failedChecks(plan),
    freshness: meta.freshness ?? (plan.timestamp ? { commit: undefined, plannedAt: plan.timestamp, stateSerial: undefined } : undefined),
  };
}

/** A stack without a plan: deferred, failed, or not affected. */
export function emptyPlan({ id, environment, stack, freshness }: PlanMeta, outcome: Outcome, because: string | undefined): StackPlan {
  return {
    id,
    environment,
    stack,
    outcome,
    because,
    changes: [],
    drift: [],
    outputs: [],
    present: [],
    planned: [],
    references: {},
    reads: {},
    complete: true,
    putOff: [],
    failedChecks: [],
    freshness,
  };
}

function readChange(form: ResourceChangeForm, source: string): ResourceChange {
  const action = actionOf(form.change.actions);
  if (action !== undefined) return resourceChangeOf(form, action);
  throw new UserError(
    `${source}: ${form.address} has the action ${form.change.actions.join(", ")}, which mainline does not know. Update mainline, or plan with an older Terraform.`,
  );
}

const isData = (address: string) => /(^|\.)data\.[^.]+\./.test(address);

function isWorthTelling({ action, movedFrom, importing }: ResourceChange): boolean {
  return action !== "no-op" || movedFrom !== undefined || importing !== undefined;
}

/** A refresh-only plan lists no objects that stay as they are; those come from the state that it holds. */
function side(
  changes: readonly ResourceChange[],
  valuesOf: (change: ResourceChange) => PlannedResource["values"] | null,
  state: unknown,
): PlannedResource[] {
  const current = changes.filter(({ deposed }) => deposed === undefined);
  const listed = new Set(current.map(({ address }) => address));
  const fromChanges = current.flatMap((change) => {
    const values = valuesOf(change);
    return values === null ? [] : [{ address: change.address, type: change.type, values }];
  });
  const rest = resourcesOf(objectOf(objectOf(state).root_module)).filter(({ address }) => !listed.has(address));
  return [...fromChanges, ...rest];
}

function resourcesOf(module: Readonly<Record<string, unknown>>): PlannedResource[] {
  const own = listOf(module.resources).flatMap((entry) => {
    if (!isObject(entry) || entry.mode === "data") return [];
    const { address, type, values } = entry;
    if (typeof address !== "string" || typeof type !== "string" || !isObject(values)) return [];
    return [{ address, type, values: redacted(type, values, entry.sensitive_values ?? false) ?? {} }];
  });
  return [...own, ...listOf(module.child_modules).flatMap((child) => resourcesOf(objectOf(child)))];
}

function outputsOf(plan: PlanForm, source: string): OutputChange[] {
  const entries = Object.entries(plan.output_changes ?? {}).map(([name, change]): OutputChange => {
    const action = actionOf(change.actions);
    if (action === undefined) throw new UserError(`${source}: output ${name} has an action that mainline does not know. Update mainline.`);
    const before = clean(name, change.before ?? null, change.before_sensitive ?? false, undefined);
    const after = clean(name, change.after ?? null, change.after_sensitive ?? false, change.before ?? undefined);
    return {
      name,
      action,
      before,
      after,
      unknown: change.after_unknown === true || (isObject(change.after_unknown) && !equal(change.after_unknown, {})),
    };
  });
  return entries.filter(({ action }) => action !== "no-op").sort((left, right) => (left.name < right.name ? -1 : 1));
}

/** A check that is unknown until apply is neither failed nor held; Terraform tells it then. */
function failedChecks({ checks }: PlanForm): FailedCheck[] {
  return (checks ?? []).flatMap(({ address, status, instances }) => {
    if (status !== "fail" && status !== "error") return [];
    const messages = (instances ?? []).flatMap(({ problems }) => (problems ?? []).flatMap(({ message }) => textOf(message) ?? []));
    return [
      {
        address: address?.to_display ?? "(unnamed)",
        status,
        messages: messages.map((message) => String(clean("", message, false, undefined))),
      },
    ];
  });
}
