/** Access entries: who is who in the cluster. */

import type { Call } from "../call.ts";
import { checkEntryNames, isEntryType, newEntry, parsePrincipal } from "../entry.ts";
import { inUse, invalid, notFound, refused } from "../errors.ts";
import { followAccess } from "../follow.ts";
import { page } from "../page.ts";
import { type ClusterState, findActiveCluster, findCluster, type StoredAccessEntry } from "../store.ts";
import type { Operations } from "./contract.ts";

type Entries = "CreateAccessEntry" | "DescribeAccessEntry" | "ListAccessEntries" | "UpdateAccessEntry" | "DeleteAccessEntry";

export const accessEntries: Pick<Operations, Entries> = {
  async CreateAccessEntry({ clusterName, principalArn, username, kubernetesGroups, tags, type = "STANDARD" }, call) {
    const state = withEntries(call, clusterName);
    if (!isEntryType(type)) throw invalid(`The access entry type ${type} is not supported`, { clusterName });
    const { kind, name } = parsePrincipal(principalArn);
    if (state.accessEntries.has(principalArn)) {
      throw inUse("The specified access entry resource is already in use on this cluster.", { clusterName });
    }
    if (type !== "STANDARD" && kind !== "role") throw invalid(`An access entry of type ${type} must be of an IAM role`, { clusterName });
    checkEntryNames(type, username, kubernetesGroups);
    // EKS looks the principal up; only roles of this account can be looked up here.
    const own = principalArn.split(":")[4] === call.account;
    if (kind === "role" && own && (await call.aws.trustPolicy(name)) === undefined) {
      throw invalid("The specified principalArn is invalid: invalid principal.", { clusterName });
    }
    if (state.accessEntries.has(principalArn)) {
      throw inUse("The specified access entry resource is already in use on this cluster.", { clusterName });
    }
    const entry = newEntry(call, clusterName, { principalArn, type, at: call.scheduler.now(), username, kubernetesGroups, tags });
    state.accessEntries.set(principalArn, entry);
    await followAccess(call, state);
    return { accessEntry: answer(entry) };
  },

  DescribeAccessEntry: ({ clusterName, principalArn }, { store }) => ({
    accessEntry: answer(findEntry(findCluster(store, clusterName), principalArn)),
  }),

  ListAccessEntries({ clusterName, associatedPolicyArn, maxResults, nextToken }, { store }) {
    const entries = [...findCluster(store, clusterName).accessEntries.values()].filter(
      ({ policies }) => !associatedPolicyArn || policies.some(({ policyArn }) => policyArn === associatedPolicyArn),
    );
    const { items, next } = page(
      entries.map(({ principalArn }) => principalArn),
      maxResults,
      nextToken,
    );
    return { accessEntries: items, nextToken: next };
  },

  async UpdateAccessEntry({ clusterName, principalArn, username, kubernetesGroups }, call) {
    const state = withEntries(call, clusterName);
    const entry = findEntry(state, principalArn);
    if (isEntryType(entry.type)) checkEntryNames(entry.type, username, kubernetesGroups);
    const changed: StoredAccessEntry = {
      ...entry,
      ...(username && { username }),
      ...(kubernetesGroups && { kubernetesGroups }),
      modifiedAt: call.scheduler.now(),
    };
    state.accessEntries.set(principalArn, changed);
    await followAccess(call, state);
    return { accessEntry: answer(changed) };
  },

  async DeleteAccessEntry({ clusterName, principalArn }, call) {
    const state = findCluster(call.store, clusterName);
    findEntry(state, principalArn);
    state.accessEntries.delete(principalArn);
    await followAccess(call, state);
    return {};
  },
};

/** @throws InvalidRequestException where the cluster's authentication mode knows no entries. */
export function withEntries({ store }: Call, name: string): ClusterState {
  const state = findActiveCluster(store, name);
  if (state.cluster.accessConfig.authenticationMode !== "CONFIG_MAP") return state;
  throw refused("The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.", {
    clusterName: name,
  });
}

export function findEntry({ cluster: { name }, accessEntries: entries }: ClusterState, principalArn: string): StoredAccessEntry {
  const entry = entries.get(principalArn);
  if (entry) return entry;
  throw notFound(`The specified principalArn could not be found. You can view all principalArns with ListAccessEntries: ${principalArn}`, {
    clusterName: name,
  });
}

/** What EKS answers: policies have their own operations. */
const answer = ({ policies: _policies, automatic: _automatic, ...entry }: StoredAccessEntry) => entry;
