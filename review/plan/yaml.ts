/** YAML texts within a plan: Helm values. */
import { parse } from "yaml";
import type { Json } from "../model.ts";
import { isList, isObject } from "./json.ts";

/** The object or list that a text holds; undefined where it is none, or cannot be read. */
export function yamlOf(text: Json): Json | undefined {
  if (typeof text !== "string") return undefined;
  try {
    const tree: unknown = parse(text);
    return isObject(tree) || isList(tree) ? tree : undefined;
  } catch {
    return undefined;
  }
}
