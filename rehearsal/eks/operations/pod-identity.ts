/** Pod identity associations: which role the pods of a service account get. */

import { newAssociation } from "../association.ts";
import type { Call } from "../call.ts";
import { inUse, invalid, notFound, refused } from "../errors.ts";
import { page } from "../page.ts";
import { checkRole, roleName } from "../roles.ts";
import { type ClusterState, findActiveCluster, findCluster, type StoredAssociation } from "../store.ts";
import type { Operations } from "./contract.ts";

type Associations =
  | "CreatePodIdentityAssociation"
  | "DescribePodIdentityAssociation"
  | "ListPodIdentityAssociations"
  | "UpdatePodIdentityAssociation"
  | "DeletePodIdentityAssociation";

/** RFC 1123 label, as Kubernetes demands of namespaces; service accounts may have dots. */
const isName = (name: string): boolean => /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(name);

export const podIdentity: Pick<Operations, Associations> = {
  async CreatePodIdentityAssociation({ clientRequestToken: _token, ...input }, call) {
    const { clusterName, namespace, serviceAccount } = input;
    const state = findActiveCluster(call.store, clusterName);
    const refuseTaken = () => {
      const taken = [...state.associations.values()].find((one) => one.namespace === namespace && one.serviceAccount === serviceAccount);
      if (taken) throw inUse(`Association already exists: ${taken.associationId}`, { clusterName });
    };
    refuseTaken();
    if (!isName(namespace)) throw invalid(`Namespace ${namespace} is not a valid Kubernetes name`, { clusterName });
    if (!isName(serviceAccount)) throw invalid(`Service account ${serviceAccount} is not a valid Kubernetes name`, { clusterName });
    await checkRoles(call, input);
    refuseTaken();
    const association = newAssociation(call, { ...input, at: call.scheduler.now() });
    state.associations.set(association.associationId, association);
    return { association };
  },

  DescribePodIdentityAssociation: ({ clusterName, associationId }, { store }) => ({
    association: find(findCluster(store, clusterName), associationId),
  }),

  ListPodIdentityAssociations({ clusterName, namespace, serviceAccount, maxResults, nextToken }, { store }) {
    const wanted = [...findCluster(store, clusterName).associations.values()].filter(
      (one) => (!namespace || one.namespace === namespace) && (!serviceAccount || one.serviceAccount === serviceAccount),
    );
    const summaries = wanted.map(({ associationArn, associationId, ownerArn, ...one }) => ({
      clusterName,
      namespace: one.namespace,
      serviceAccount: one.serviceAccount,
      associationArn,
      associationId,
      ownerArn,
    }));
    const { items, next } = page(summaries, maxResults, nextToken);
    return { associations: items, nextToken: next };
  },

  async UpdatePodIdentityAssociation({ clusterName, associationId, roleArn, targetRoleArn, disableSessionTags, policy }, call) {
    const state = findActiveCluster(call.store, clusterName);
    refuseOwned(find(state, associationId));
    await checkRoles(call, { roleArn, targetRoleArn });
    const association: StoredAssociation = {
      ...find(state, associationId),
      ...(roleArn && { roleArn }),
      ...(targetRoleArn !== undefined && { targetRoleArn: targetRoleArn || undefined }),
      ...(disableSessionTags !== undefined && { disableSessionTags }),
      ...(policy !== undefined && { policy }),
      modifiedAt: call.scheduler.now(),
    };
    state.associations.set(associationId, association);
    return { association };
  },

  DeletePodIdentityAssociation({ clusterName, associationId }, { store }) {
    const state = findCluster(store, clusterName);
    const association = find(state, associationId);
    refuseOwned(association);
    state.associations.delete(associationId);
    return { association };
  },
};

async function checkRoles({ aws }: Call, { roleArn, targetRoleArn }: { roleArn?: string; targetRoleArn?: string }): Promise<void> {
  if (roleArn) await checkRole(aws, roleArn, "roleArn", "podIdentity");
  if (targetRoleArn) roleName(targetRoleArn, "targetRoleArn"); // it trusts roleArn, and may be of another account
}

function find({ cluster: { name }, associations }: ClusterState, associationId: string): StoredAssociation {
  const association = associations.get(associationId);
  if (association) return association;
  throw notFound(`No pod identity association found with ID: ${associationId}`, { clusterName: name });
}

function refuseOwned({ associationId, ownerArn }: StoredAssociation): void {
  if (ownerArn) throw refused(`Association ${associationId} is owned by ${ownerArn} and can only be changed through it`);
}
