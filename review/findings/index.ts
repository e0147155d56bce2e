/** Everything that looks at plans, in no order that matters: findings are sorted afterwards. */
import type { Detector, SetDetector } from "../model.ts";
import { contracts } from "./contracts.ts";
import { copies } from "./copies.ts";
import { databases } from "./databases.ts";
import { destroys } from "./destroys.ts";
import { dnsRecords } from "./dns-records.ts";
import { ecrRepositories } from "./ecr-repositories.ts";
import { eksAccess } from "./eks-access.ts";
import { eksAddonSettings } from "./eks-addon-settings.ts";
import { eksCluster } from "./eks-cluster.ts";
import { eksNodes } from "./eks-nodes.ts";
import { helmReleases } from "./helm-releases.ts";
import { helmValues } from "./helm-values.ts";
import { iamDocuments } from "./iam-documents.ts";
import { iamFunctions } from "./iam-functions.ts";
import { iamIdentities } from "./iam-identities.ts";
import { imports } from "./imports.ts";
import { kmsKeys } from "./kms-keys.ts";
import { kubernetesVersion } from "./kubernetes-version.ts";
import { mass } from "./mass.ts";
import { networkAcls } from "./network-acls.ts";
import { networkGroups } from "./network-groups.ts";
import { networkGuards } from "./network-guards.ts";
import { networkPrefixLists } from "./network-prefix-lists.ts";
import { networkRoutes } from "./network-routes.ts";
import { networkSettings } from "./network-settings.ts";
import { pipelines } from "./pipelines.ts";
import { planHealth } from "./plan-health.ts";
import { protection } from "./protection.ts";
import { s3Buckets } from "./s3-buckets.ts";
import { s3Lifecycle } from "./s3-lifecycle.ts";
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
  iamIdentities,
  iamFunctions,
  eksCluster,
  eksAccess,
  eksNodes,
  s3Buckets,
  s3Lifecycle,
  kmsKeys,
  dnsRecords,
  helmReleases,
  helmValues,
  ecrRepositories,
  networkGuards,
  databases,
  copies,
  pipelines,
  eksAddonSettings,
];

export const setDetectors: readonly SetDetector[] = [contracts];
