/** Why a stack is affected, in one sentence. */
import type { Difference } from "./spread.ts";

export interface Differences extends Difference {
  /** Paths of files beside the JSON. */
  readonly files: readonly string[];
  /** Providers that a lock file holds to something else. */
  readonly providers: readonly string[];
}

export function isEmpty({ changed, added, removed, files, providers }: Differences): boolean {
  return [changed, added, removed, files, providers].every((list) => list.length === 0);
}

/** For example "2 changed (aws_vpc.main, output.vpcId), 1 added (aws_subnet.a)". */
export function becauseChanged({ changed, added, removed, files, providers }: Differences): string {
  const parts = [
    ...part("changed", changed),
    ...part("added", added),
    ...part("removed", removed),
    ...part(files.length === 1 ? "file beside it" : "files beside it", files),
    ...(providers.length > 0 ? [`other locked versions of ${named(providers)}`] : []),
  ];
  return parts.join(", ");
}

/** For example "reads vpcId of dev-network, which may change". `values` are `<stack>.<output>`. */
export function becauseOfReads(values: readonly string[]): string {
  const byStack = new Map<string, string[]>();
  for (const value of values) {
    const at = value.lastIndexOf(".");
    const stack = value.slice(0, at);
    byStack.set(stack, [...(byStack.get(stack) ?? []), value.slice(at + 1)]);
  }
  return `reads ${[...byStack].map(([stack, outputs]) => `${named(outputs)} of ${stack}`).join(" and ")}, which may change`;
}

/** Names that are written out; the rest is counted. */
const shown = 3;

function part(word: string, addresses: readonly string[]): string[] {
  return addresses.length === 0 ? [] : [`${addresses.length} ${word} (${named(addresses)})`];
}

function named(names: readonly string[]): string {
  const more = names.length - shown;
  return more > 0 ? `${names.slice(0, shown).join(", ")} and ${more} more` : names.join(", ");
}
