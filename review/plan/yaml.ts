/** YAML texts within a plan: Helm values. Reading YAML is slow (some MB a second), so the reader turns what it has read into JSON, once. */
import { parse } from "yaml";
import type { Json } from "../model.ts";
import { documentOf, isList, isObject } from "./json.ts";

/** The object or list that a text holds, as JSON or as YAML; undefined where it is none, or cannot be read. */
export function yamlOf(text: Json | undefined): Json | undefined {
  if (typeof text !== "string") return undefined;
  const document = documentOf(text);
  if (document !== undefined) return document;
  try {
    const tree: unknown = parse(text, { logLevel: "error" });
    return isObject(tree) || isList(tree) ? tree : undefined;
  } catch {
    return undefined;
  }
}
