/** What somebody changed behind Terraform's back, most protected first. Pure. */

import type { Action, AttributeChange, Json, StackPlan } from "../../review/model.ts";
import { lossOf } from "../../review/stateful.ts";
import { protectedBecause } from "./protected.ts";

export interface Drifted {
  /** Id of the stack. */
  readonly stack: string;
  readonly address: string;
  readonly action: Action;
  /** 0: a protected attribute; 1: something that holds data is gone; 2: something else is gone; 3: other edits; 4: tags only. */
  readonly rank: number;
  /** What is protected, or lost; absent below rank 1. */
  readonly because?: string;
  /** One line per attribute: `ingress[0].cidr_blocks: [] -> ["0.0.0.0/0"]`. Secrets are marks already. */
  readonly edits: readonly string[];
}

/** The same plans give the same list. */
export function driftedOf(plans: readonly StackPlan[]): Drifted[] {
  const all = plans.flatMap(({ id, drift }) =>
    drift.map(({ address, type, action, attributes }): Drifted => {
      const names = [...new Set(attributes.map(({ path }) => String(path[0])))];
      return { stack: id, address, action, ...weigh(type, action, names), edits: editsOf(attributes) };
    }),
  );
  return all.sort((a, b) => a.rank - b.rank || compare(a.stack, b.stack) || compare(a.address, b.address));
}

function weigh(type: string, action: Action, names: readonly string[]): Pick<Drifted, "rank" | "because"> {
  const gone = action === "delete";
  const why = gone ? protectedBecause(type) : names.map((name) => protectedBecause(type, name)).find((reason) => reason !== undefined);
  if (why !== undefined) return { rank: 0, because: why };
  const loss = gone ? lossOf(type) : undefined;
  if (loss !== undefined) return { rank: 1, because: loss };
  if (gone) return { rank: 2 };
  return { rank: names.every((name) => name === "tags" || name === "tags_all") ? 4 : 3 };
}

/** `tags_all` says again what `tags` says, where both differ. */
function editsOf(attributes: readonly AttributeChange[]): string[] {
  const tags = attributes.some(({ path }) => path[0] === "tags");
  return attributes
    .filter(({ path }) => !(tags && path[0] === "tags_all"))
    .map(({ path, before, after }) => `${pathText(path)}: ${short(before)} -> ${short(after)}`);
}

function pathText(path: AttributeChange["path"]): string {
  return path.reduce<string>((text, step) => (typeof step === "number" ? `${text}[${step}]` : text === "" ? step : `${text}.${step}`), "");
}

/** Characters of a value that are shown. */
const longest = 120;

function short(value: Json): string {
  const text = value === null ? "nothing" : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
