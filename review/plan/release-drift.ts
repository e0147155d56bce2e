/**
 * A Helm release that somebody upgraded past Terraform. The provider compares the values that Terraform set itself, so that no plan shows such an
 * upgrade and no apply takes it back; what Helm has recorded since, in `metadata`, does. Source: hashicorp/helm 3.x, `setReleaseAttributes`.
 */
import type { AttributeChange, Json, JsonObject, ResourceChange } from "../model.ts";
import { differences } from "./differences.ts";
import type { ResourceChangeForm } from "./form.ts";
import { documentOf, isList, isObject } from "./json.ts";
import { clean } from "./redact.ts";

/** Where what was recorded stands in the list of differences. */
export const recorded = "metadata";

/** The change with Helm's record in place of the attribute that is hidden as a whole, where there is a new revision. */
export function withRecord(change: ResourceChange, { change: { before, after } }: ResourceChangeForm): ResourceChange {
  if (change.type !== "helm_release") return change;
  const others = change.attributes.filter(({ path }) => path[0] !== recorded);
  return { ...change, attributes: [...others, ...recordedSince(metadataOf(before), metadataOf(after))] };
}

function recordedSince(before: JsonObject, after: JsonObject): AttributeChange[] {
  if (before.revision === after.revision) return [];
  const told = ({ revision, version }: JsonObject) => ({
    ...(revision !== undefined && { revision }),
    ...(version !== undefined && { version }),
  });
  const [old, next] = [valuesOf(before), valuesOf(after)];
  const sides = [
    { ...told(before), values: clean("values", old, false, undefined) },
    { ...told(after), values: clean("values", next, false, old) },
  ] as const;
  return differences(...sides, {}, []).map((attribute) => ({ ...attribute, path: [recorded, ...attribute.path] }));
}

/** A block in versions before 3, an object since. */
function metadataOf(side: Json | null | undefined): JsonObject {
  const metadata = isObject(side) ? side.metadata : undefined;
  const one = isList(metadata) ? metadata[0] : metadata;
  return isObject(one) ? one : {};
}

function valuesOf({ values }: JsonObject): JsonObject {
  const document = documentOf(values);
  return isObject(document) ? document : {};
}
