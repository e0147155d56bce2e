/** The schema as data: what can stand at a path, in words. For error messages and for the reference page. */
import { z } from "zod";
import { environmentSchema } from "../schema.ts";

/** What this project reads of a JSON schema; `form` is our own addition (forms.ts). */
export interface Field {
  readonly type?: "string" | "number" | "integer" | "boolean" | "array" | "object";
  readonly form?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly (string | number)[];
  readonly properties?: Readonly<Record<string, Field>>;
  readonly required?: readonly string[];
  /** Present where keys are free: the form of a key and of a value. `false` where they are not. */
  readonly propertyNames?: Field;
  readonly additionalProperties?: Field | false;
  readonly items?: Field;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
}

let fields: Field | undefined;

/** The whole schema of an environment file. Made once, and only for who asks: a synth without a mistake does not. */
export function environmentFields(): Field {
  fields ??= z.toJSONSchema(environmentSchema, { io: "input" }) as Field;
  return fields;
}

/** The field at a path, or undefined where nothing can stand there. */
export function fieldAt(path: readonly PropertyKey[], root: Field): Field | undefined {
  return path.reduce<Field | undefined>((field, segment) => {
    if (typeof segment === "number") return field?.items;
    return field?.properties?.[String(segment)] ?? (field?.additionalProperties || undefined);
  }, root);
}

/** What is valid, as the end of the sentence "... is not <words>". */
export function words(field: Field): string {
  if (field.form) return field.form;
  if (field.enum) return `one of ${field.enum.map((value) => JSON.stringify(value)).join(", ")}`;
  if (field.type === "array") return listWords(field);
  if (field.propertyNames) return "an object of names and settings";
  if (field.type === "object") return `an object of ${Object.keys(field.properties ?? {}).join(", ")}`;
  if (field.type === "boolean") return "true or false";
  return field.minLength && field.minLength > 1 ? `a text of at least ${field.minLength} characters` : "a text";
}

function listWords({ minItems = 0, maxItems }: Field): string {
  if (maxItems === undefined)
    return minItems === 0 ? "a list" : `a list with at least ${minItems === 1 ? "one entry" : `${minItems} entries`}`;
  return minItems === 0 ? `a list of at most ${maxItems} entries` : `a list of ${minItems} to ${maxItems} entries`;
}
