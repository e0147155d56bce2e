/** Rules of an environment's teams, in the order in which their problems are told. */
import type { Check } from "./check.ts";
import * as around from "./tenancy/around.ts";
import * as names from "./tenancy/names.ts";
import * as quota from "./tenancy/quota.ts";

export const tenancyChecks: readonly Check[] = [
  around.tenancyHasCluster,
  names.teamNames,
  names.namespaceNames,
  names.podSecurityReasons,
  names.secretRoleNames,
  quota.containerBounds,
  quota.quotasFit,
  around.rolesHaveOneEntry,
  around.podRolesFit,
  around.teamsExist,
  around.addressesOfOthers,
  around.deliveryFits,
  around.budgetsAreTold,
];
