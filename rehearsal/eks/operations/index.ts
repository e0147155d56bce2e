/** All operations, by the names that AWS gives them. */
import { accessEntries } from "./access-entries.ts";
import { accessPolicies } from "./access-policies.ts";
import { addons } from "./addons.ts";
import { offers } from "./catalogue.ts";
import { clusterChanges } from "./cluster-changes.ts";
import { clusters } from "./clusters.ts";
import type { Operations } from "./contract.ts";
import { fargateProfiles } from "./fargate-profiles.ts";
import { nodegroupChanges } from "./nodegroup-changes.ts";
import { nodegroups } from "./nodegroups.ts";
import { podIdentity } from "./pod-identity.ts";
import { tagging } from "./tags.ts";

export const operations: Operations = {
  ...clusters,
  ...clusterChanges,
  ...nodegroups,
  ...nodegroupChanges,
  ...fargateProfiles,
  ...addons,
  ...accessEntries,
  ...accessPolicies,
  ...podIdentity,
  ...tagging,
  ...offers,
};
