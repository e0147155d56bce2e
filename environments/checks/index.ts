/** Every rule between fields, in the order in which its problems are told. */
import * as access from "./access.ts";
import * as addons from "./addons.ts";
import * as addresses from "./addresses.ts";
import * as between from "./between.ts";
import { subnetRoom } from "./capacity.ts";
import type { Check, CrossCheck } from "./check.ts";
import * as ci from "./ci.ts";
import { secretsAtHome } from "./ci-secrets.ts";
import * as egress from "./egress.ts";
import * as identity from "./identity.ts";
import * as nodes from "./nodes.ts";
import { tenancyChecks } from "./tenancy.ts";
import { versionKnown } from "./versions.ts";
import { zonesDiffer, zonesOfRegion } from "./zones.ts";

/** Rules of one environment. */
export const checks: readonly Check[] = [
  identity.nameLength,
  identity.providerTried,
  identity.deletionRoleNamed,
  identity.clusterHasNetwork,
  addresses.vpcBlock,
  addresses.podBlock,
  zonesOfRegion,
  zonesDiffer,
  egress.endpointsWithoutNat,
  egress.endpointsDiffer,
  addresses.routes,
  addresses.oneDefaultRoute,
  addresses.serviceRange,
  identity.endpointServiceKind,
  subnetRoom,
  versionKnown,
  access.endpointReach,
  access.endpointRoutable,
  access.someAdmin,
  access.adminsOfAll,
  access.principalsDiffer,
  access.rolesOfAccount,
  access.groupsAllowed,
  nodes.sizes,
  nodes.instanceTypes,
  nodes.labelsAndTaints,
  nodes.groupZones,
  nodes.groupNames,
  nodes.fargateSelectors,
  nodes.somewhereToRun,
  addons.karpenterNodes,
  addons.snapshotsNeedNodes,
  addons.logsGoSomewhere,
  addons.shippersAreUsers,
  addons.grafanaReadsLogs,
  addons.ingressesAreServed,
  addons.oneSchemePerGroup,
  addons.loginsComeBack,
  addons.runnersInOrder,
  addons.roomForThree,
  ...tenancyChecks,
  ci.placeForBuilds,
  ci.pipelineParts,
  ci.approvalBeforeDeployment,
  ci.deploymentPlaces,
  ci.pushersTrusted,
  ci.registryNeeds,
  ci.artifactFoldersDiffer,
  secretsAtHome,
  identity.waiversDiffer,
];

/** Rules between environments. */
export const crossChecks: readonly CrossCheck[] = [
  between.vpcBlocksDiffer,
  between.podBlocksDiffer,
  between.oneStatePerAccount,
  between.sharedStateExists,
  between.oneProviderPerIssuer,
  between.versionsTravel,
  ci.readersExist,
  ci.serviceTeamsExist,
];
