/**
 * Which resource speaks of which, from the configuration that a plan holds. Of the configuration nothing else is read: its constants are in
 * clear.
 */
import { isList, isObject, listOf, objectOf, textOf } from "./json.ts";

/** Addresses without indexes (`count`, `for_each`), as the configuration has them; both sides sorted. */
export function referencesOf(configuration: unknown): Readonly<Record<string, readonly string[]>> {
  const found: Record<string, readonly string[]> = {};
  collect(objectOf(objectOf(configuration).root_module), "", found);
  return Object.fromEntries(Object.entries(found).sort(([left], [right]) => (left < right ? -1 : 1)));
}

function collect(module: Readonly<Record<string, unknown>>, prefix: string, found: Record<string, readonly string[]>): void {
  for (const resource of listOf(module.resources).map(objectOf)) {
    const address = textOf(resource.address);
    if (address === undefined) continue;
    const names = new Set<string>();
    const note = (reference: unknown) => {
      const name = typeof reference === "string" ? resourceOf(reference) : undefined;
      if (name !== undefined) names.add(prefix + name);
    };
    expressions(resource.expressions, note);
    listOf(resource.depends_on).forEach(note);
    if (names.size > 0) found[prefix + address] = [...names].sort();
  }
  for (const [name, call] of Object.entries(objectOf(module.module_calls))) {
    collect(objectOf(objectOf(call).module), `${prefix}module.${name}.`, found);
  }
}

/** Outputs of other stacks that anything in the configuration reads, by stack; both sorted. */
export function readsOf(configuration: unknown): Readonly<Record<string, readonly string[]>> {
  const found = new Map<string, Set<string>>();
  const note = (reference: unknown) => {
    const [, stack, output] = /^data\.terraform_remote_state\.([\w-]+)\.outputs\.([\w-]+)/.exec(String(reference)) ?? [];
    if (stack !== undefined && output !== undefined) found.set(stack, (found.get(stack) ?? new Set()).add(output));
  };
  expressions(configuration, note);
  const entries = [...found].map(([stack, outputs]) => [stack, [...outputs].sort()] as const);
  return Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** Every `references` list at any depth: blocks are lists of maps of expressions. */
function expressions(node: unknown, note: (reference: unknown) => void): void {
  if (isList(node)) for (const item of node) expressions(item, note);
  if (!isObject(node)) return;
  for (const [key, value] of Object.entries(node)) {
    if (key === "references") listOf(value).forEach(note);
    else if (key !== "constant_value") expressions(value, note);
  }
}

/** `aws_vpc.main.id` and `aws_vpc.main[0]` are about `aws_vpc.main`; variables, locals and the like are nobody. */
function resourceOf(reference: string): string | undefined {
  const match = /^((?:data\.)?[a-z][a-z0-9]*_[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)/.exec(reference);
  return match?.[1];
}
