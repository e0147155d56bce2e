/**
 * The ledger holds the address of everything stateful that was ever released. An address that vanishes is a destroy; it may go only with a
 * `moved` that says where to.
 */
import type { CheckedStack } from "../../modules/guardrails/check.ts";
import { statefulTypes } from "../../modules/guardrails/stateful.ts";
import { resourcesOf } from "../../modules/terraform-json.ts";

/** Addresses by stack id, both sorted. */
export type Ledger = Readonly<Record<string, readonly string[]>>;

const stateful: ReadonlySet<string> = new Set(statefulTypes);

export function ledgerOf(stacks: readonly CheckedStack[]): Ledger {
  const entries = stacks.map(({ id, json }) => {
    const kept = resourcesOf(json).filter(({ type }) => stateful.has(type));
    return [id, kept.map(({ address }) => address).sort()] as const;
  });
  return Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** Entries of the ledger that neither exist now nor were moved, as `<stack> <address>`. */
export function vanished(ledger: Ledger, stacks: readonly CheckedStack[]): string[] {
  const now = ledgerOf(stacks);
  const moved = new Map(stacks.map(({ id, json }) => [id, new Set((json.moved ?? []).map(({ from }) => String(from)))]));
  return Object.entries(ledger).flatMap(([id, addresses]) =>
    addresses.filter((address) => !now[id]?.includes(address) && !moved.get(id)?.has(address)).map((address) => `${id} ${address}`),
  );
}
