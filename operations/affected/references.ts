/** What an element's expressions refer to: other elements of the stack, and values that other stacks publish. */
import { isObject, type Json } from "../../modules/terraform-json.ts";

/** A value that another stack publishes, as this one reads it. */
export interface RemoteValue {
  /** Name of the terraform_remote_state. */
  readonly state: string;
  /** Absent: all of them. */
  readonly output?: string;
}

export interface References {
  /** Addresses as they are written; not all of them exist (`each.key` looks like one). */
  readonly addresses: readonly string[];
  readonly remote: readonly RemoteValue[];
}

const remoteValue = /data\.terraform_remote_state\.([\w-]+)(?:\.outputs(?:\.([A-Za-z_][\w-]*)|\["([^"]+)"\])?)?/g;
const address = /\b(?:data\.)?[A-Za-z_][\w-]*\.[A-Za-z_][\w-]*/g;

/** Looks into every expression, and into lists of bare addresses (`replace_triggered_by`). `depends_on` gives order, no value. */
export function referencesOf(value: Json): References {
  const addresses = new Set<string>();
  const remote = new Map<string, RemoteValue>();
  for (const text of expressions(value, false)) {
    for (const [found] of text.matchAll(address)) addresses.add(found);
    for (const [found, state = "", dotted, indexed] of text.matchAll(remoteValue)) remote.set(found, { state, output: dotted ?? indexed });
  }
  return { addresses: [...addresses], remote: [...remote.values()] };
}

function* expressions(value: Json, bare: boolean): Generator<string> {
  if (typeof value === "string") {
    if (bare) yield value;
    // From the first brace on: what follows in the same text may be prose, which names no element or does no harm if it does.
    else for (const opening of ["${", "%{"]) if (value.includes(opening)) yield value.slice(value.indexOf(opening));
  } else if (Array.isArray(value)) {
    for (const one of value) yield* expressions(one, bare);
  } else if (isObject(value)) {
    for (const [key, one = null] of Object.entries(value))
      if (key !== "depends_on") yield* expressions(one, bare || key === "replace_triggered_by");
  }
}
