/** Paths and values as a reviewer reads them. */
import type { Json, Path } from "../model.ts";

/** `ingress[0].cidr_blocks`; keys that are not plain words are quoted. */
export function pathText(path: Path): string {
  const parts = path.map((segment) => {
    if (typeof segment === "number") return `[${segment}]`;
    return /^[\w-]+$/.test(segment) ? `.${segment}` : `[${JSON.stringify(segment)}]`;
  });
  return parts.join("").replace(/^\./, "");
}

/** Longer values are cut: the plan has them whole. */
const longest = 120;

/** On one line, cut where it is long; says how much is missing. */
export function valueText(value: Json): string {
  const text = typeof value === "string" ? JSON.stringify(value) : (JSON.stringify(value) ?? "null");
  return text.length <= longest ? text : `${[...text.slice(0, longest)].join("")}… (${text.length - longest} more characters)`;
}
