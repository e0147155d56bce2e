/** Pod identity associations that an add-on owns. */
import type { AddonPodIdentityAssociations } from "@aws-sdk/client-eks";
import { newAssociation } from "../association.ts";
import type { Call } from "../call.ts";
import { addonCatalogue } from "../catalogue/addons.ts";
import { inUse, invalid } from "../errors.ts";
import { checkRole } from "../roles.ts";
import type { ClusterState, StoredAddon } from "../store.ts";

/**
 * Makes an add-on's associations the wanted ones; unchanged ones keep their id.
 * @returns their ARNs, as DescribeAddon names them.
 * @throws InvalidParameterException where the add-on has no such service account, ResourceInUseException where another association has it.
 */
export async function replaceAddonAssociations(
  call: Call,
  state: ClusterState,
  { addonName, addonArn }: Pick<StoredAddon, "addonName" | "addonArn">,
  wanted: readonly AddonPodIdentityAssociations[],
): Promise<string[]> {
  const { namespace = "kube-system", identities = [] } = addonCatalogue[addonName] ?? {};
  const clusterName = state.cluster.name;
  const pairs = wanted.map(({ serviceAccount = "", roleArn = "" }) => ({ serviceAccount, roleArn }));
  for (const { serviceAccount, roleArn } of pairs) {
    if (identities.length === 0) throw invalid(`Pod Identity feature is not supported for addon: ${addonName}`, { clusterName, addonName });
    if (!identities.includes(serviceAccount)) {
      throw invalid(`Service account ${serviceAccount} in pod identity configuration is not supported for addon ${addonName}`, {
        addonName,
      });
    }
    await checkRole(call.aws, roleArn, "roleArn", "podIdentity");
  }
  const others = [...state.associations.values()].filter(({ ownerArn }) => ownerArn !== addonArn);
  const taken = others.find(
    (one) => one.namespace === namespace && pairs.some(({ serviceAccount }) => serviceAccount === one.serviceAccount),
  );
  if (taken) throw inUse(`Association already exists: ${taken.associationId}`, { clusterName, addonName });
  const own = [...state.associations.values()].filter(({ ownerArn }) => ownerArn === addonArn);
  for (const { associationId } of own) state.associations.delete(associationId);
  return pairs.map(({ serviceAccount, roleArn }) => {
    const same = own.find((one) => one.serviceAccount === serviceAccount && one.roleArn === roleArn);
    const kept =
      same ?? newAssociation(call, { clusterName, namespace, serviceAccount, roleArn, ownerArn: addonArn, at: call.scheduler.now() });
    state.associations.set(kept.associationId, kept);
    return kept.associationArn;
  });
}
