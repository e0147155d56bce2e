/** What a report says about a cluster. */
import type { ClusterState } from "./store.ts";

export interface ClusterSnapshot {
  readonly name: string;
  readonly status: string;
  /** Kubernetes minor. */
  readonly version: string;
  /** Undefined until it is active. */
  readonly endpoint: string | undefined;
  readonly nodegroups: readonly { readonly name: string; readonly status: string; readonly version: string; readonly desired: number }[];
  readonly selfManagedGroups: readonly { readonly name: string; readonly desired: number }[];
  readonly fargateProfiles: readonly string[];
  readonly addons: readonly { readonly name: string; readonly status: string; readonly version: string }[];
  readonly accessEntries: number;
  readonly podIdentityAssociations: number;
}

export function snapshotOf(state: ClusterState): ClusterSnapshot {
  const { name, status, version, endpoint } = state.cluster;
  return {
    name,
    status,
    version,
    endpoint,
    nodegroups: [...state.nodegroups.values()].map((group) => ({
      name: group.nodegroupName,
      status: group.status,
      version: group.version,
      desired: group.scalingConfig.desiredSize ?? 0,
    })),
    selfManagedGroups: state.selfManagedGroups.map((group) => ({ name: group.name, desired: group.desired })),
    fargateProfiles: [...state.fargateProfiles.keys()],
    addons: [...state.addons.values()].map((addon) => ({ name: addon.addonName, status: addon.status, version: addon.addonVersion })),
    accessEntries: state.accessEntries.size,
    podIdentityAssociations: state.associations.size,
  };
}
