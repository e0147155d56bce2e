/** What a table of guardrail cases is made of. */
import type { Environment } from "../../../../environments/schema.ts";
import type { Blocks, TerraformJson } from "../../../../modules/terraform-json.ts";

/** A piece of a `cdk.tf.json`, and the profile of its environment where the rule asks for it. */
export interface Case {
  readonly json: Partial<TerraformJson>;
  readonly profile: Environment["profile"];
}

/** By rule id: pieces in which the rule holds and pieces in which it does not. */
export type Cases = Readonly<Record<string, { readonly holds: readonly Case[]; readonly fails: readonly Case[] }>>;

export function resources(resource: Blocks): Case {
  return { json: { resource }, profile: "development" };
}

export function json(piece: Partial<TerraformJson>): Case {
  return { json: piece, profile: "development" };
}

export function inProduction({ json: piece }: Case): Case {
  return { json: piece, profile: "production" };
}

/** A policy with one statement that allows. */
export function allowing(statement: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });
}

/** The expression that refers to an attribute. */
export function ref(attribute: string): string {
  return `\${${attribute}}`;
}
