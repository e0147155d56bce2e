/** What add-ons need of the cluster, so that it is told before anything is synthesized. */
import type { Check } from "./check.ts";

/** Karpenter's nodes need a role, an instance profile and an access entry, which the cluster stack makes. */
export const karpenterNodes: Check = ({ addons, cluster }) => {
  if (addons.karpenter === undefined || cluster?.karpenter === true) return [];
  return [{ path: "addons.karpenter", wrong: "has no role for its nodes", remedy: "Set cluster.karpenter to true, or take karpenter out" }];
};
