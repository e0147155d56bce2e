/** Prefix lists that got wider: rules of other stacks use them, too, and their plans show nothing. */

import type { Detector, Finding } from "../model.ts";
import { addressLines, minus } from "../network/addresses.ts";
import { reachOf } from "../network/known-addresses.ts";
import { prefixLists } from "../network/prefix-lists.ts";
import { planned, present } from "../network/side.ts";
import { findingOn, type Kind } from "../reading/changes.ts";

const widened: Omit<Kind, "danger"> = {
  rule: "network-prefix-list-widened",
  because: "Every rule and route that names the list changes with it, also in other stacks, whose plans show nothing",
  remedy: "check who uses it: aws ec2 get-managed-prefix-list-associations",
};

export const networkPrefixLists: Detector = (plan) => {
  if (!plan.changes.some(({ type }) => type.startsWith("aws_ec2_managed_prefix_list"))) return [];
  const [before, after] = [prefixLists(present(plan)), prefixLists(planned(plan))];
  return [...after].sort().flatMap(([address, { addresses, isUnsure }]): Finding[] => {
    const was = before.get(address);
    const more = minus(addresses, was?.addresses ?? []);
    const reach = reachOf(more);
    const wider = isUnsure && !was?.isUnsure;
    // A new list of private addresses, or of an office, opens nothing by itself.
    if (reach !== "world" && !wider && (was === undefined || more.length === 0)) return [];
    const danger = reach === "world" ? "danger" : reach === "public" || wider ? "caution" : "info";
    const lines = [...addressLines(more), ...(wider ? ["entries that are known only after apply"] : [])];
    return [findingOn(plan, address, { ...widened, danger }, was ? "has more addresses" : "is a list of everybody", lines)];
  });
};
