/** The reference of the chart's values as Markdown, from values.schema.json and values.yaml, for the chart's README. Pure: data in, text out. */
import { isMap } from "../support/shared-charts.ts";
import type { Json } from "./services.ts";

const begin = "<!-- values: written by `npm run golden`, from values.schema.json and values.yaml -->";
const end = "<!-- /values -->";

/** @throws where the page has lost its markers. */
export function withValues(page: string, schema: Json, defaults: Json): string {
  const [before, rest] = page.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`The page needs the lines "${begin}" and "${end}"; put them back.`);
  const definitions = schema.definitions as Json;
  const head = ["Value", "Valid", "Default", "Meaning"];
  const lines = [head, head.map(() => "---"), ...rowsOf(schema, definitions, "", defaults)];
  return `${before}${begin}\n\n${lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n")}\n\n${end}${after}`;
}

/** A row per value that holds something or says something; groups without words are in the paths of what they hold. */
function rowsOf(node: Json, definitions: Json, path: string, defaults: unknown): string[][] {
  const own = isMap(node.properties) ? node.properties : {};
  const required = Array.isArray(node.required) ? node.required : [];
  return Object.entries(own).flatMap(([name, child]) => {
    // Words beside a reference, and rules of what is only mentioned here, are the definition's.
    const full = isMap(child) && typeof child.$ref === "string" ? { ...definitionAt(definitions, child.$ref), ...child } : (child as Json);
    const below = `${path}${name}`;
    const fallback = isMap(defaults) ? defaults[name] : undefined;
    const described = typeof full.description === "string" ? [rowOf(below, full, definitions, required.includes(name), fallback)] : [];
    return [...described, ...inside(full, definitions, below, fallback)];
  });
}

function inside(node: Json, definitions: Json, path: string, fallback: unknown): string[][] {
  const entry = isMap(node.additionalProperties) ? node.additionalProperties : node.items;
  const mixed = isMap(entry) && Array.isArray(entry.allOf) ? withShared(entry, definitions) : entry;
  return [
    ...rowsOf(node, definitions, `${path}.`, fallback),
    ...(isMap(mixed) ? rowsOf(mixed, definitions, `${path}${node.items ? "[]" : ".<name>"}.`, undefined) : []),
  ];
}

/** An entry that takes over the properties of a definition by allOf. */
function withShared(entry: Json, definitions: Json): Json {
  const shared = (entry.allOf as readonly Json[]).map(({ $ref }) => definitionAt(definitions, String($ref)).properties as Json);
  return { ...entry, properties: Object.assign({}, entry.properties, ...shared) };
}

function definitionAt(definitions: Json, reference: string): Json {
  return definitions[reference.replace("#/definitions/", "")] as Json;
}

function rowOf(path: string, node: Json, definitions: Json, required: boolean, fallback: unknown): string[] {
  const empty = fallback === undefined || fallback === "" || (typeof fallback === "object" && Object.keys(fallback ?? {}).length === 0);
  const standard = required && empty ? "required" : empty || isMap(fallback) ? "" : `\`${JSON.stringify(fallback)}\``;
  return [`\`${path}\``, formOf(node, definitions), standard, String(node.description)].map((cell) => cell.replaceAll("|", "\\|"));
}

/** Definitions that read better than their expressions. */
const wordsOf: Readonly<Record<string, string>> = {
  name: "name",
  path: "path",
  duration: "duration such as `30s`",
  bytes: "size such as `128Mi`",
  cpu: "CPUs such as `250m`",
  cidr: "CIDR",
};

/** What is valid, in a few words. */
function formOf(node: Json, definitions: Json): string {
  const known = typeof node.$ref === "string" ? wordsOf[node.$ref.replace("#/definitions/", "")] : undefined;
  if (known !== undefined) return known;
  if (typeof node.$ref === "string" && node.type === undefined && node.enum === undefined && node.anyOf === undefined) {
    return formOf(definitionAt(definitions, node.$ref), definitions);
  }
  if (Array.isArray(node.enum)) return node.enum.map((value) => `\`${value}\``).join(", ");
  if (Array.isArray(node.anyOf) && node.type === undefined) return node.anyOf.map((each) => formOf(each as Json, definitions)).join(" or ");
  const { minimum, maximum } = node;
  const bounds =
    minimum !== undefined && maximum !== undefined ? ` ${minimum} to ${maximum}` : minimum !== undefined ? ` from ${minimum}` : "";
  if (node.type === "array")
    return `list${isMap(node.items) && node.items.type !== "object" ? ` of ${formOf(node.items, definitions)}` : ""}`;
  if (node.type === "object") {
    const entry = isMap(node.additionalProperties) ? formOf(node.additionalProperties, definitions) : undefined;
    return entry === undefined ? "group" : `map${entry === "" ? "" : ` of ${entry}`}`;
  }
  if (typeof node.pattern === "string") return `text \`${node.pattern}\``;
  return node.type === undefined ? "" : `${node.type === "string" ? "text" : node.type}${bounds}`;
}
