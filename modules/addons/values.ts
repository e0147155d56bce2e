/**
 * Helm values as YAML that survives Terraform. Three traps are handled here and nowhere else: keys in a stable order, so that plans show
 * only what changed; `${` and `%{` of charts (Fluent Bit, Grafana) are no Terraform templates; a token is text, whatever it stands for.
 */
import { Document, isScalar, visit } from "yaml";
import type { JsonValue } from "../../environments/schema/addons/common.ts";
import type { Values } from "./addon.ts";

/** How cdktf writes a reference into text; it becomes `${...}` of Terraform when the stack is resolved. */
const token = "${TfToken[";

/** Later layers win, key by key; lists and single values are replaced as a whole. */
export function merged(...layers: readonly Values[]): Values {
  return layers.reduce<Values>((under, over) => mergedObjects(under, over), {});
}

function mergedObjects(under: Values, over: Values): Values {
  const keys = new Set([...Object.keys(under), ...Object.keys(over)]);
  return Object.fromEntries([...keys].map((key) => [key, mergedValue(under[key], over[key])]));
}

function mergedValue(under: JsonValue | undefined, over: JsonValue | undefined): JsonValue {
  if (over === undefined) return under ?? null;
  return isObject(under) && isObject(over) ? mergedObjects(under, over) : over;
}

/** The values as YAML, sorted by key, escaped for Terraform. Lines are never folded: a folded line reads as one with other spaces. */
export function helmYaml(values: unknown): string {
  const document = new Document(values, { sortMapEntries: true, aliasDuplicateObjects: false });
  visit(document, {
    Scalar(_, node) {
      // "${version}" without quotes would become 1.35, a number, and an account id would lose its leading zero.
      const plain = isScalar(node) && typeof node.value === "string" && node.value.includes(token) && !node.value.includes("\n");
      if (plain) node.type = "QUOTE_DOUBLE";
    },
  });
  return escaped(document.toString({ lineWidth: 0 }));
}

/**
 * Values without tokens as JSON, which is YAML, too: in the order in which they are given, escaped in the same way. For many plain objects:
 * it takes a fiftieth of the time, and Terraform shows a change in JSON text as a change of data.
 */
export function helmJson(values: Values): string {
  return escaped(JSON.stringify(values));
}

/** Terraform reads `$${` as `${` and `%%{` as `%{`. Source: Terraform language, "Strings and Templates", escape sequences. */
export function escaped(text: string): string {
  return text.replace(/\$\{(?!TfToken\[)|%\{/g, (start) => `${start[0]}${start}`);
}

function isObject(value: JsonValue | undefined): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
