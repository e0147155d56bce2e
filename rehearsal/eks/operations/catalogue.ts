/** What EKS offers: Kubernetes versions, add-ons and their versions. And identity provider configurations, of which there are none. */
import { addonCatalogue, addonVersions } from "../catalogue/addons.ts";
import { offeredMinors, versionInformation } from "../catalogue/kubernetes.ts";
import { notFound } from "../errors.ts";
import { page } from "../page.ts";
import { findCluster } from "../store.ts";
import { knownAddon } from "./addons.ts";
import type { Operations } from "./contract.ts";

type Offers = "DescribeClusterVersions" | "DescribeAddonVersions" | "DescribeAddonConfiguration" | "ListIdentityProviderConfigs";

export const offers: Pick<Operations, Offers> = {
  DescribeClusterVersions({ clusterVersions, defaultOnly, status, versionStatus, maxResults, nextToken }) {
    const wanted = versionInformation.filter(
      (version) =>
        (!clusterVersions?.length || clusterVersions.includes(version.clusterVersion ?? "")) &&
        (!defaultOnly || version.defaultVersion) &&
        (!status || version.status === status) &&
        (!versionStatus || version.versionStatus === versionStatus),
    );
    const { items, next } = page(wanted, maxResults, nextToken);
    return { clusterVersions: items, nextToken: next };
  },

  DescribeAddonVersions({ addonName, kubernetesVersion, types, publishers, maxResults, nextToken }) {
    if (addonName) knownAddon(addonName);
    const minors = kubernetesVersion ? [kubernetesVersion] : offeredMinors;
    const addons = Object.entries(addonCatalogue)
      .filter(([name]) => !addonName || name === addonName)
      .filter(
        ([, { type, publisher }]) => (!types?.length || types.includes(type)) && (!publishers?.length || publishers.includes(publisher)),
      )
      .map(([name, { type, publisher, namespace }]) => ({
        addonName: name,
        type,
        publisher,
        owner: publisher === "eks" ? "aws" : "community",
        defaultNamespace: namespace,
        addonVersions: versionsOf(name, minors),
      }));
    const { items, next } = page(addons, maxResults, nextToken);
    return { addons: items, nextToken: next };
  },

  DescribeAddonConfiguration({ addonName, addonVersion }) {
    const { identities = [] } = knownAddon(addonName);
    if (!addonVersion) throw notFound(`No version of ${addonName} given`, { addonName });
    return {
      addonName,
      addonVersion,
      configurationSchema: JSON.stringify({ $schema: "http://json-schema.org/draft-07/schema#", type: "object" }),
      podIdentityConfiguration: identities.map((serviceAccount) => ({ serviceAccount, recommendedManagedPolicies: [] })),
    };
  },

  ListIdentityProviderConfigs({ clusterName }, { store }) {
    findCluster(store, clusterName);
    return { identityProviderConfigs: [] };
  },
};

/** Each version with the minors that it goes with. */
function versionsOf(name: string, minors: readonly string[]) {
  const pairs = minors.flatMap((minor) => addonVersions(name, minor).map((version) => ({ version, minor })));
  return [...new Set(pairs.map(({ version }) => version))].map((addonVersion) => ({
    addonVersion,
    architecture: ["amd64", "arm64"],
    computeTypes: ["ec2", "auto", "hybrid"],
    compatibilities: pairs
      .filter(({ version }) => version === addonVersion)
      .map(({ minor }) => ({
        clusterVersion: minor,
        platformVersions: ["*"],
        defaultVersion: addonVersions(name, minor)[0] === addonVersion,
      })),
    requiresConfiguration: false,
    requiresIamPermissions: (addonCatalogue[name]?.identities?.length ?? 0) > 0,
  }));
}
