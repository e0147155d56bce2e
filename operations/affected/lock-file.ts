/** `.terraform.lock.hcl`: which version and which packages a provider is held to. A change of it changes what runs, also where the JSON stays. */
import { createHash } from "node:crypto";
import type { JsonObject } from "../../modules/terraform-json.ts";

/** A short digest per source address ("registry.terraform.io/hashicorp/aws" -> "6.25.0 1f2e..."). The order of hashes means nothing. */
export function lockedProviders(text: string): ReadonlyMap<string, string> {
  const blocks = text.matchAll(/^provider "([^"]+)" \{\n([\s\S]*?)^\}/gm);
  return new Map([...blocks].map(([, source = "", body = ""]) => [source, `${version(body)} ${digest(hashes(body))}`]));
}

/** Those of a stack's `required_providers`. */
export function lockedOf(required: JsonObject, locked: ReadonlyMap<string, string>): Record<string, string> {
  const names = Object.values(required).map((provider) => fullName((provider as { readonly source?: string }).source ?? ""));
  return Object.fromEntries([...locked].filter(([source]) => names.some((name) => source.endsWith(`/${name}`))));
}

/** "aws" and "hashicorp/aws" are the same; a host in front is kept. https://developer.hashicorp.com/terraform/language/providers/requirements */
function fullName(source: string): string {
  return source.includes("/") ? source : `hashicorp/${source}`;
}

const version = (body: string) => /^\s*version\s*=\s*"([^"]+)"/m.exec(body)?.[1] ?? "";
const hashes = (body: string) => [...body.matchAll(/"((?:h1|zh):[^"]+)"/g)].map(([, hash]) => hash).sort();
const digest = (values: readonly unknown[]) => createHash("sha256").update(values.join("\n")).digest("hex").slice(0, 8);
