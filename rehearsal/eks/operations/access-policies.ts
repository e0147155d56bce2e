/** Access policies: what an access entry may do, in the whole cluster or in namespaces. */
import type { AccessScope, AssociatedAccessPolicy } from "@aws-sdk/client-eks";
import { accessPolicies as catalogue, isAccessPolicy } from "../catalogue/access-policies.ts";
import { invalid, notFound } from "../errors.ts";
import { followAccess } from "../follow.ts";
import { page } from "../page.ts";
import { findCluster } from "../store.ts";
import { findEntry, withEntries } from "./access-entries.ts";
import type { Operations } from "./contract.ts";

type Policies = "ListAccessPolicies" | "AssociateAccessPolicy" | "DisassociateAccessPolicy" | "ListAssociatedAccessPolicies";

export const accessPolicies: Pick<Operations, Policies> = {
  ListAccessPolicies({ maxResults, nextToken }) {
    const { items, next } = page(
      catalogue.map(({ name, arn }) => ({ name, arn })),
      maxResults,
      nextToken,
    );
    return { accessPolicies: items, nextToken: next };
  },

  async AssociateAccessPolicy({ clusterName, principalArn, policyArn, accessScope }, call) {
    const state = withEntries(call, clusterName);
    const entry = findEntry(state, principalArn);
    // Entries of type EC2 (Auto Mode) take policies; those of other machines do not.
    if (entry.type !== "STANDARD" && entry.type !== "EC2") {
      throw invalid(`The access entry of type ${entry.type} cannot be associated with access policies`, { clusterName });
    }
    if (!isAccessPolicy(policyArn)) throw invalid(`The policyArn parameter is not a valid access policy: ${policyArn}`, { clusterName });
    checkScope(accessScope);
    const now = call.scheduler.now();
    const before = entry.policies.find((policy) => policy.policyArn === policyArn);
    const scope: AccessScope = { type: accessScope.type, namespaces: accessScope.namespaces ?? [] };
    const associated = { policyArn, accessScope: scope, associatedAt: before?.associatedAt ?? now, modifiedAt: now };
    // The same policy again replaces the scope.
    state.accessEntries.set(principalArn, { ...entry, policies: [...entry.policies.filter((policy) => policy !== before), associated] });
    await followAccess(call, state);
    return { clusterName, principalArn, associatedAccessPolicy: associated };
  },

  async DisassociateAccessPolicy({ clusterName, principalArn, policyArn }, call) {
    const state = findCluster(call.store, clusterName);
    const entry = findEntry(state, principalArn);
    const policies = entry.policies.filter((policy) => policy.policyArn !== policyArn);
    if (policies.length === entry.policies.length) {
      throw notFound(`The specified policyArn ${policyArn} is not associated with ${principalArn}`, { clusterName });
    }
    state.accessEntries.set(principalArn, { ...entry, policies });
    await followAccess(call, state);
    return {};
  },

  ListAssociatedAccessPolicies({ clusterName, principalArn, maxResults, nextToken }, { store }) {
    const { policies } = findEntry(findCluster(store, clusterName), principalArn);
    const { items, next } = page<AssociatedAccessPolicy>(policies, maxResults, nextToken);
    return { clusterName, principalArn, associatedAccessPolicies: items, nextToken: next };
  },
};

/** Namespaces may end in a wildcard. @throws InvalidParameterException */
function checkScope({ type, namespaces = [] }: AccessScope): void {
  if (type === "cluster") {
    if (namespaces.length > 0) throw invalid("The accessScope.namespaces must be empty if the accessScope.type is cluster");
    return;
  }
  if (type !== "namespace") throw invalid(`The accessScope.type ${type} is neither cluster nor namespace`);
  if (namespaces.length === 0) throw invalid("The accessScope.namespaces is required if the accessScope.type is namespace");
  const bad = namespaces.find((namespace) => !/^[a-z0-9*]([a-z0-9*-]*[a-z0-9*])?$/.test(namespace));
  if (bad) throw invalid(`The namespace ${bad} in accessScope.namespaces is not valid`);
}
