/** Attribute changes as lines of a diff: `-` was, `+` becomes. Every renderer prints these. */
import type { AttributeChange, Json } from "../model.ts";
import type { ChangeGroup } from "../review.ts";
import { sensitiveText } from "./cause.ts";
import { lineDifference } from "./lines.ts";
import { pathText, valueText } from "./path.ts";

export interface DiffLine {
  readonly sign: "-" | "+" | "!";
  readonly text: string;
}

/** More are counted, not shown: the JSON has all. */
const most = 24;

/** `!` lines say why; a last one counts what is not shown. */
export function diffLines({ causes, attributes, unknown }: ChangeGroup): DiffLine[] {
  const lines = attributes.flatMap(attributeLines);
  const rest = lines.length > most ? [{ sign: "!" as const, text: `${lines.length - most} more lines` }] : [];
  const later = unknown > 0 ? [{ sign: "!" as const, text: `${unknown === 1 ? "1 value" : `${unknown} values`} known after apply` }] : [];
  return [...causes.map((text) => ({ sign: "!" as const, text })), ...lines.slice(0, most), ...rest, ...later];
}

function attributeLines({ path, before, after, sensitive }: AttributeChange): DiffLine[] {
  const name = pathText(path);
  if (sensitive) return [{ sign: "!", text: sensitiveText({ path, before, after }) }];
  if (typeof before === "string" && typeof after === "string" && (before.includes("\n") || after.includes("\n"))) {
    return textLines(name, before, after);
  }
  return [...sideLine("-", name, before), ...sideLine("+", name, after)];
}

function sideLine(sign: "-" | "+", name: string, value: Json): DiffLine[] {
  return value === null ? [] : [{ sign, text: `${name}: ${valueText(value)}` }];
}

function textLines(name: string, before: string, after: string): DiffLine[] {
  const { removed, added, more } = lineDifference(before, after);
  return [
    ...removed.map((text) => ({ sign: "-" as const, text: `${name} | ${text}` })),
    ...added.map((text) => ({ sign: "+" as const, text: `${name} | ${text}` })),
    ...(more > 0 ? [{ sign: "!" as const, text: `${name}: ${more} more lines differ` }] : []),
  ];
}
