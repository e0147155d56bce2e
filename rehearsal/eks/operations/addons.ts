/** Add-ons of a cluster: made, read, changed, deleted. Which there are, the data plane is told; what it makes of it is its own. */
import { parseDocument } from "yaml";
import { type Call, later, patiently, reason } from "../call.ts";
import { addonCatalogue, addonVersionProblem, addonVersions, type CatalogueAddon } from "../catalogue/addons.ts";
import { inUse, invalid, notFound } from "../errors.ts";
import { followAddons } from "../follow.ts";
import { eksArn, uuid } from "../identifiers.ts";
import { page } from "../page.ts";
import { roleName } from "../roles.ts";
import { type ClusterState, findActiveCluster, findCluster, type StoredAddon } from "../store.ts";
import { refuseWhileUpdating, startUpdate } from "../updates.ts";
import { replaceAddonAssociations } from "./addon-identity.ts";
import type { Operations } from "./contract.ts";

export const addons: Pick<Operations, "CreateAddon" | "DescribeAddon" | "ListAddons" | "UpdateAddon" | "DeleteAddon"> = {
  async CreateAddon(input, call) {
    const { clusterName, addonName } = input;
    const state = findActiveCluster(call.store, clusterName);
    const known = knownAddon(addonName);
    const refuseTaken = () => {
      if (state.addons.has(addonName)) throw inUse("Addon already exists.", { clusterName, addonName });
    };
    refuseTaken();
    const { version } = state.cluster;
    const addonVersion = input.addonVersion ?? addonVersions(addonName, version)[0] ?? "";
    checkSettings(addonName, version, { ...input, addonVersion });
    const createdAt = call.scheduler.now();
    const addonArn = eksArn(
      call,
      `addon/${clusterName}/${addonName}/${uuid(call, "addon", clusterName, addonName, createdAt.toISOString())}`,
    );
    const podIdentityAssociations = await replaceAddonAssociations(
      call,
      state,
      { addonName, addonArn },
      input.podIdentityAssociations ?? [],
    );
    refuseTaken();
    const addon: StoredAddon = {
      addonName,
      clusterName,
      status: "CREATING",
      addonVersion,
      health: { issues: [] },
      addonArn,
      createdAt,
      modifiedAt: createdAt,
      ...(input.serviceAccountRoleArn && { serviceAccountRoleArn: input.serviceAccountRoleArn }),
      tags: input.tags ?? {},
      owner: known.publisher === "eks" ? "aws" : "community",
      publisher: known.publisher,
      ...(input.configurationValues && { configurationValues: input.configurationValues }),
      podIdentityAssociations,
      namespaceConfig: { namespace: input.namespaceConfig?.namespace ?? known.namespace },
    };
    state.addons.set(addonName, addon);
    later(call, `${clusterName}/${addonName}: creation`, () => bringUp(call, state, addon));
    return { addon };
  },

  DescribeAddon: ({ clusterName, addonName }, { store }) => ({ addon: find(findCluster(store, clusterName), addonName) }),

  ListAddons({ clusterName, maxResults, nextToken }, { store }) {
    const { items, next } = page([...findCluster(store, clusterName).addons.keys()], maxResults, nextToken);
    return { addons: items, nextToken: next };
  },

  async UpdateAddon(input, call) {
    const { clusterName, addonName } = input;
    const state = findActiveCluster(call.store, clusterName);
    const addon = find(state, addonName);
    if (addon.status === "CREATING" || addon.status === "DELETING") {
      throw inUse(`Addon ${addonName} cannot be updated as it is currently in ${addon.status} state`, { clusterName, addonName });
    }
    refuseWhileUpdating(state, "AddonUpdate", { addonName });
    checkSettings(addonName, state.cluster.version, input);
    const wanted = input.podIdentityAssociations;
    const associations = wanted ? await replaceAddonAssociations(call, state, addon, wanted) : addon.podIdentityAssociations;
    const set: Partial<StoredAddon> = {
      ...(input.addonVersion && { addonVersion: input.addonVersion }),
      // An empty text takes the setting away.
      ...(input.configurationValues !== undefined && { configurationValues: input.configurationValues || undefined }),
      ...(input.serviceAccountRoleArn !== undefined && { serviceAccountRoleArn: input.serviceAccountRoleArn || undefined }),
      podIdentityAssociations: associations,
    };
    const change = (values: Partial<StoredAddon>) => {
      const now = state.addons.get(addonName);
      if (now) state.addons.set(addonName, { ...now, ...values });
    };
    const update = startUpdate(call, state, {
      type: "AddonUpdate",
      of: { addonName },
      params: {
        AddonVersion: input.addonVersion,
        ServiceAccountRoleArn: input.serviceAccountRoleArn,
        ResolveConflicts: input.resolveConflicts,
        ConfigurationValues: input.configurationValues,
        PodIdentityAssociations: wanted,
      },
      status: (status) => change({ status }),
      apply: () => change({ ...set, modifiedAt: call.scheduler.now(), health: { issues: [] } }),
    });
    return { update };
  },

  DeleteAddon({ clusterName, addonName }, call) {
    const state = findCluster(call.store, clusterName);
    const addon = find(state, addonName);
    refuseWhileUpdating(state, "delete", { addonName });
    if (addon.status === "DELETING") throw inUse(`Addon ${addonName} is currently in DELETING state`, { clusterName, addonName });
    const leaving: StoredAddon = { ...addon, status: "DELETING" };
    state.addons.set(addonName, leaving);
    later(call, `${clusterName}/${addonName}: deletion`, async () => {
      await call.scheduler.wait(call.delays.delete);
      await replaceAddonAssociations(call, state, addon, []);
      state.addons.delete(addonName);
      call.log(`${clusterName}/${addonName}: deleted`);
    });
    return { addon: leaving };
  },
};

export function knownAddon(name: string): CatalogueAddon {
  const known = addonCatalogue[name];
  if (known) return known;
  throw invalid(`Addon ${name} specified is not supported`, { addonName: name });
}

function find(state: ClusterState, addonName: string): StoredAddon {
  const addon = state.addons.get(addonName);
  if (addon) return addon;
  throw notFound(`No addon: ${addonName} found in cluster: ${state.cluster.name}`, { clusterName: state.cluster.name, addonName });
}

interface Settings {
  readonly addonVersion?: string;
  readonly configurationValues?: string;
  readonly serviceAccountRoleArn?: string;
}

/** Configuration must be an object in JSON or YAML; its keys are not checked: EKS's schemas are not bundled. */
function checkSettings(addonName: string, minor: string, { addonVersion, configurationValues, serviceAccountRoleArn }: Settings): void {
  const problem = addonVersion && addonVersionProblem(addonName, addonVersion, minor);
  if (problem) throw invalid(problem, { addonName });
  if (serviceAccountRoleArn) roleName(serviceAccountRoleArn, "serviceAccountRoleArn");
  if (!configurationValues) return;
  const document = parseDocument(configurationValues);
  const value: unknown = document.errors.length > 0 ? undefined : document.toJS();
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return;
  throw invalid("ConfigurationValue provided in request is not supported: it is not an object in JSON or YAML", { addonName });
}

/** Something that runs pods. */
const hasNodes = ({ nodegroups, fargateProfiles, selfManagedGroups }: ClusterState): boolean =>
  [...nodegroups.values()].some(({ status, scalingConfig }) => status === "ACTIVE" && (scalingConfig.desiredSize ?? 0) > 0) ||
  [...fargateProfiles.values()].some(({ status }) => status === "ACTIVE") ||
  selfManagedGroups.some(({ desired }) => desired > 0);

/** From CREATING to ACTIVE; over DEGRADED where its pods find no node, and to CREATE_FAILED where none comes. */
async function bringUp(call: Call, state: ClusterState, addon: StoredAddon): Promise<void> {
  const { addonName, clusterName } = addon;
  const set = (change: Partial<StoredAddon>) => {
    const now = state.addons.get(addonName);
    const waits = now?.addonArn === addon.addonArn && (now.status === "CREATING" || now.status === "DEGRADED");
    if (waits) state.addons.set(addonName, { ...now, ...change });
    return waits;
  };
  const unhealthy = {
    code: "InsufficientNumberOfReplicas" as const,
    message: "The add-on is unhealthy because it doesn't have the desired number of replicas.",
    resourceIds: [],
  };
  await call.scheduler.wait(call.delays.create);
  const told = await followAddons(call, state).then(
    () => true,
    (error) => call.log(`${clusterName}/${addonName}: did not reach the cluster: ${reason(error)}`),
  );
  if (!told) {
    set({ status: "CREATE_FAILED" });
    return;
  }
  const content = async () => {
    if (addonCatalogue[addonName]?.runs === "daemon" || hasNodes(state)) return true;
    state.selfManagedGroups = await call.aws.selfManagedGroups(state.cluster.name);
    if (hasNodes(state)) return true;
    return !set({ status: "DEGRADED", health: { issues: [unhealthy] } }); // gone: nothing to wait for
  };
  const ready = await patiently(call, content);
  set(ready ? { status: "ACTIVE", health: { issues: [] } } : { status: "CREATE_FAILED" });
  call.log(`${clusterName}/${addonName}: ${ready ? `active, ${addon.addonVersion}` : "failed: its pods have no node"}`);
}
