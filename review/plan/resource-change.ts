/** One entry of `resource_changes` or `resource_drift`, without its secrets and with its differences. */
import type { Action, Json, JsonObject, ResourceChange } from "../model.ts";
import { differences, hasTrue } from "./differences.ts";
import type { ResourceChangeForm } from "./form.ts";
import { equal, isList, isObject } from "./json.ts";
import { redacted } from "./redact.ts";
import { yamlOf } from "./yaml.ts";

/** Terraform's words. Replacements come in both orders; since 1.13 the old object may also be forgotten in place of destroyed. */
const actions: Readonly<Record<string, Action>> = {
  "no-op": "no-op",
  create: "create",
  read: "read",
  update: "update",
  delete: "delete",
  forget: "forget",
  "delete,create": "replace",
  "create,delete": "replace",
  "create,forget": "replace",
};

/** Undefined for words that are not known: the caller refuses the plan. */
export function actionOf(words: readonly string[]): Action | undefined {
  return actions[words.join(",")];
}

export function resourceChangeOf(form: ResourceChangeForm, action: Action): ResourceChange {
  const { change, type } = form;
  const raw = { before: sideOf(change.before), after: sideOf(change.after) };
  const old = redacted(type, raw.before, change.before_sensitive ?? false);
  const next = action === "no-op" ? old : redacted(type, raw.after, change.after_sensitive ?? false, raw.before);
  const [before, after] = withDocuments(type, old, next);
  const unknown = isObject(change.after_unknown) ? change.after_unknown : {};
  const replacing = change.replace_paths ?? [];
  const moved = form.previous_address ?? undefined;
  return {
    address: form.address,
    type,
    name: form.name,
    provider: form.provider_name ?? "",
    action,
    createBeforeDestroy: action === "replace" && change.actions[0] === "create",
    reason: form.action_reason ?? undefined,
    movedFrom: moved === form.address ? undefined : moved,
    importing: change.importing ? (change.importing.id ?? "(not known yet)") : undefined,
    deposed: form.deposed ?? undefined,
    before,
    after,
    unknown: trueOnly(unknown),
    attributes: before && after && (action === "update" || action === "replace") ? differences(before, after, unknown, replacing) : [],
  };
}

function sideOf(side: Json | null | undefined): JsonObject | null {
  return isObject(side) ? side : null;
}

/** Helm's values are YAML in a text: what differs in them is a value, not the text. As JSON they are compared as data, here and later. */
function withDocuments(type: string, before: JsonObject | null, after: JsonObject | null): [JsonObject | null, JsonObject | null] {
  const [old, next] = [before?.values, after?.values];
  if (type !== "helm_release" || !isList(old) || !isList(next) || equal(old, next)) return [before, after];
  const documents = (texts: readonly Json[]) =>
    texts.map((text) => {
      const tree = yamlOf(text);
      return tree === undefined ? text : JSON.stringify(tree);
    });
  return [
    { ...before, values: documents(old) },
    { ...after, values: documents(next) },
  ];
}

/** Terraform also writes empty objects and false for what is known. */
function trueOnly(unknown: JsonObject): JsonObject {
  const entries = Object.entries(unknown).filter(([, mark]) => hasTrue(mark));
  return Object.fromEntries(entries);
}
