#!/usr/bin/env node
// @ts-check
/**
 * Prints what a plan would do as one SHA-256: two plans with one digest do the same. Times, versions of state and what Terraform only read are
 * no part of it. `plan-digest.mjs <file of terraform show -json>`
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { argv, exit, stderr, stdout } from "node:process";
import { fileURLToPath } from "node:url";

/** @typedef {{ readonly address: string; readonly change: { readonly actions: readonly string[] } }} Change */

/**
 * @param {unknown} plan of `terraform show -json`
 * @returns {string} hexadecimal
 * @throws {Error} where it is no whole plan: a digest of a part would agree with another part
 */
export function digestOf(plan) {
  const { format_version, errored, complete, resource_changes, output_changes } = /** @type {{ [key: string]: unknown }} */ (plan ?? {});
  if (typeof format_version !== "string" || errored === true || complete === false) throw new Error("This is no whole plan of Terraform.");
  const changes = /** @type {readonly Change[]} */ (resource_changes ?? [])
    .filter(({ change }) => !["no-op", "read"].includes(change.actions.join()))
    .sort((a, b) => (a.address < b.address ? -1 : 1));
  const outputs = Object.entries(/** @type {{ [name: string]: Change["change"] }} */ (output_changes ?? {})).filter(
    ([, { actions }]) => actions.join() !== "no-op",
  );
  return createHash("sha256")
    .update(JSON.stringify([changes.map(sorted), sorted(Object.fromEntries(outputs))]))
    .digest("hex");
}

/** The same value with the keys of its objects in order. @param {unknown} value @returns {unknown} */
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  try {
    stdout.write(`${digestOf(JSON.parse(readFileSync(argv[2] ?? "", "utf8")))}\n`);
  } catch (error) {
    stderr.write(`plan-digest: ${argv[2] ?? "no file"}: ${/** @type {Error} */ (error).message}\n`);
    exit(1);
  }
}
