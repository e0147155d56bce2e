/** What is in the prefix lists that a stack manages. Rules name a list, so an entry opens every rule that uses it. */
import { listOf, objectsOf, textOf } from "../reading/values.ts";
import { type AddressSet, cidrSet, union } from "./addresses.ts";
import type { Side } from "./side.ts";

export const listTypes = ["aws_ec2_managed_prefix_list"] as const;

export interface PrefixList {
  readonly addresses: AddressSet;
  /** Some entry is known only after the apply. */
  readonly isUnsure: boolean;
}

/** By the address of the list. */
export function prefixLists(side: Side): ReadonlyMap<string, PrefixList> {
  const lists = new Map<string, PrefixList>();
  const add = (key: string, blocks: readonly string[], isUnsure: boolean) => {
    const before = lists.get(key);
    lists.set(key, {
      addresses: union(before?.addresses ?? [], cidrSet(blocks)),
      isUnsure: isUnsure || before?.isUnsure === true,
    });
  };
  for (const object of side.objects) {
    const { address, type, values } = object;
    if (type === "aws_ec2_managed_prefix_list") {
      const blocks = objectsOf(values.entry).flatMap(({ cidr }) => textOf(cidr) ?? []);
      // Of a new list without entries of its own, AWS's answer is not known; of one with entries, each is.
      add(address, blocks, blocks.length < listOf(values.entry).length);
    }
    if (type === "aws_ec2_managed_prefix_list_entry") {
      const cidr = textOf(values.cidr);
      const list = side.target(object, "prefix_list_id", listTypes);
      if (list !== undefined) add(list, cidr === undefined ? [] : [cidr], cidr === undefined);
    }
  }
  return lists;
}
