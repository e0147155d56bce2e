/** Everything that looks at plans, in no order that matters: findings are sorted afterwards. */
import type { Detector, SetDetector } from "../model.ts";
import { contracts } from "./contracts.ts";
import { destroys } from "./destroys.ts";
import { iamDocuments } from "./iam-documents.ts";
import { imports } from "./imports.ts";
import { kubernetesVersion } from "./kubernetes-version.ts";
import { mass } from "./mass.ts";
import { networkAcls } from "./network-acls.ts";
import { networkGroups } from "./network-groups.ts";
import { networkPrefixLists } from "./network-prefix-lists.ts";
import { networkRoutes } from "./network-routes.ts";
import { networkSettings } from "./network-settings.ts";
import { planHealth } from "./plan-health.ts";
import { protection } from "./protection.ts";
import { stateStore } from "./state-store.ts";

export const detectors: readonly Detector[] = [
  planHealth,
  destroys,
  protection,
  stateStore,
  kubernetesVersion,
  mass,
  imports,
  iamDocuments,
  networkGroups,
  networkPrefixLists,
  networkAcls,
  networkRoutes,
  networkSettings,
];

export const setDetectors: readonly SetDetector[] = [contracts];
