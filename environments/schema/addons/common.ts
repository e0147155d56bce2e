/** What every add-on's options have in common. A schema file per add-on stands beside this one; addons.ts lists them. */
import { z } from "zod";

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

function isJson(value: unknown): value is JsonValue {
  if (value === null || ["string", "number", "boolean"].includes(typeof value)) return true;
  if (Array.isArray(value)) return value.every(isJson);
  return typeof value === "object" && Object.values(value).every(isJson);
}

// A refinement narrows no type in zod 4, and its own z.json() is recursive, which the reference page cannot show.
const json = z.unknown().refine(isJson).meta({ form: "anything that JSON has" }) as unknown as z.ZodType<JsonValue>;

/**
 * Options of one add-on: what is given, and `extraValues`. Strict, so that a misspelt option is an error.
 * @param shape options with description and, where there is one, a safe default.
 * @param examples inputs that tests install and the catalogue page shows; the first is the smallest that is valid.
 */
export function options<Shape extends z.ZodRawShape>(shape: Shape, examples: readonly [Readonly<Record<string, JsonValue>>, ...unknown[]]) {
  return z
    .strictObject({
      ...shape,
      extraValues: z
        .record(z.string(), json)
        .default({})
        .describe("Helm values that are merged last, over all that this workspace sets: for what has no option"),
    })
    .meta({ examples: [...examples] });
}
