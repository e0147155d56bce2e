/** The code of the function that tells Slack: its source as it stands, packed at synth. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { zip } from "./zip.ts";

const folder = new URL("../slack/function/", import.meta.url);

export interface FunctionCode {
  /** The archive, base64. */
  readonly content: string;
  /** Its SHA-256 in base64, as Lambda compares it. */
  readonly hash: string;
  /** The same in a form for names. */
  readonly version: string;
}

let packed: FunctionCode | undefined;

/** Read once per process: every environment has the same code. */
export function functionCode(): FunctionCode {
  packed ??= pack();
  return packed;
}

function pack(): FunctionCode {
  const names = readdirSync(folder).filter((name) => name.endsWith(".mjs"));
  const archive = zip(Object.fromEntries(names.map((name) => [name, readFileSync(new URL(name, folder), "utf8")])));
  const sum = createHash("sha256").update(archive).digest();
  return { content: archive.toString("base64"), hash: sum.toString("base64"), version: sum.toString("hex").slice(0, 16) };
}
