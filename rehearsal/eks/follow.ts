/**
 * Tells the data plane what it should look like. Each call carries the whole state of one cluster; calls for one cluster keep their order,
 * so that a late one never undoes a newer one.
 */
import { type Call, reason } from "./call.ts";
import type { AccessEntry, FargateProfile, NodePool } from "./data-plane.ts";
import type { Neighbours } from "./neighbours.ts";
import type { ClusterState, StoredNodegroup } from "./store.ts";

const queues = new WeakMap<ClusterState, Promise<void>>();

/** Runs after what was asked before for the same cluster. Rejects where the work does; the next still runs. */
export function inOrder(state: ClusterState, work: () => Promise<void>): Promise<void> {
  const done = (queues.get(state) ?? Promise.resolve()).then(work);
  queues.set(
    state,
    done.catch(() => {}),
  );
  return done;
}

/** Entries and policies as they are when its turn comes. A failure is logged: EKS answers such calls before they take effect, too. */
export async function followAccess(call: Call, state: ClusterState): Promise<void> {
  const { name } = state.cluster;
  await inOrder(state, () => call.dataPlane.setAccess(name, accessOf(state))).catch((error) =>
    call.log(`${name}: access entries did not reach the control plane: ${reason(error)}`),
  );
}

/** Rejects where the data plane cannot make the nodes. */
export async function followNodes(call: Call, state: ClusterState): Promise<void> {
  await inOrder(state, async () => call.dataPlane.setNodes(state.cluster.name, await poolsOf(call.aws, state)));
}

export async function followFargate(call: Call, state: ClusterState): Promise<void> {
  await inOrder(state, async () => {
    const profiles = [...state.fargateProfiles.values()].filter(({ status }) => status === "ACTIVE" || status === "CREATING");
    const zones = await zonesOf(
      call.aws,
      profiles.flatMap(({ subnets }) => subnets),
    );
    await call.dataPlane.setFargate(
      state.cluster.name,
      profiles.map(
        (profile): FargateProfile => ({
          name: profile.fargateProfileName,
          selectors: profile.selectors.map(({ namespace = "", labels = {} }) => ({ namespace, labels })),
          zones: distinct(profile.subnets.flatMap((id) => zones.get(id) ?? [])),
        }),
      ),
    );
  });
}

/** Rejects where the data plane cannot take them. */
export async function followAddons(call: Call, state: ClusterState): Promise<void> {
  await inOrder(state, () => call.dataPlane.setAddons(state.cluster.name, [...state.addons.keys()]));
}

function accessOf(state: ClusterState): AccessEntry[] {
  return [...state.accessEntries.values()].map((entry) => ({
    principalArn: entry.principalArn,
    type: entry.type as AccessEntry["type"],
    username: entry.username,
    groups: entry.kubernetesGroups,
    policies: entry.policies.map(({ policyArn, accessScope }) => ({
      policyArn,
      namespaces: accessScope.type === "namespace" ? (accessScope.namespaces ?? []) : "cluster",
    })),
  }));
}

/** Groups that have nodes: from when EKS launches instances until the group is deleted. */
async function poolsOf(aws: Neighbours, state: ClusterState): Promise<NodePool[]> {
  const managed = [...state.nodegroups.values()].filter(({ status }) => status !== "CREATE_FAILED" && status !== "DELETING");
  const self = state.selfManagedGroups;
  const zones = await zonesOf(
    aws,
    [...managed, ...self].flatMap(({ subnets }) => subnets),
  );
  const zonesIn = (subnets: readonly string[]) => distinct(subnets.flatMap((id) => zones.get(id) ?? []));
  const pools = managed.map(async (group): Promise<NodePool> => {
    const template = group.launchTemplate && (await aws.launchTemplate(group.launchTemplate));
    return {
      name: group.nodegroupName,
      kind: "managed",
      instanceTypes: group.instanceTypes ?? (template?.instanceType ? [template.instanceType] : []),
      desired: group.scalingConfig.desiredSize ?? 0,
      zones: zonesIn(group.subnets),
      capacityType: group.capacityType === "SPOT" ? "SPOT" : "ON_DEMAND",
      labels: group.labels,
      taints: taintsOf(group),
      diskGiB: group.diskSize ?? template?.diskGiB ?? 20,
    };
  });
  const selfManaged = self.map(
    (group): NodePool => ({
      name: group.name,
      kind: "self-managed",
      instanceTypes: group.instanceTypes,
      desired: group.desired,
      zones: zonesIn(group.subnets),
      capacityType: group.spot ? "SPOT" : "ON_DEMAND",
      labels: {},
      taints: [],
      diskGiB: group.diskGiB,
    }),
  );
  return [...(await Promise.all(pools)), ...selfManaged];
}

const effects = { NO_SCHEDULE: "NoSchedule", PREFER_NO_SCHEDULE: "PreferNoSchedule", NO_EXECUTE: "NoExecute" } as const;

const taintsOf = ({ taints }: StoredNodegroup): NodePool["taints"] =>
  taints.map(({ key = "", value = "", effect = "NO_SCHEDULE" }) => ({ key, value, effect: effects[effect] }));

async function zonesOf(aws: Neighbours, subnets: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (subnets.length === 0) return new Map();
  return new Map((await aws.subnets(distinct(subnets))).map(({ id, zone }) => [id, zone]));
}

const distinct = (values: readonly string[]): string[] => [...new Set(values)];
