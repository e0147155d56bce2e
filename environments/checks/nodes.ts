/** Node groups, managed and self-managed alike. */
import { architecture, isNitro } from "../instance-types.ts";
import type { Problem } from "../problem.ts";
import type { ClusterConfig, Environment, NodesConfig } from "../schema.ts";
import { type Check, repeated } from "./check.ts";

interface Group {
  readonly path: string;
  readonly config: NodesConfig;
}

function groupsOf({ nodes, selfManagedNodes }: Pick<ClusterConfig, "nodes" | "selfManagedNodes">): Group[] {
  return [
    ...Object.entries(nodes).map(([name, config]) => ({ path: `cluster.nodes.${name}`, config })),
    ...Object.entries(selfManagedNodes).map(([name, config]) => ({ path: `cluster.selfManagedNodes.${name}`, config })),
  ];
}

/** A check of one group, for all groups. */
function eachGroup(check: (group: Group, environment: Environment) => readonly Problem[]): Check {
  return (environment) => (environment.cluster ? groupsOf(environment.cluster).flatMap((group) => check(group, environment)) : []);
}

/** min <= desired <= max. */
export const sizes = eachGroup(({ path, config: { size } }) => {
  const remedy = "Keep min <= desired <= max";
  if (size.min > size.max) return [{ path: `${path}.size.min`, found: size.min, wrong: `is above max ${size.max}`, remedy }];
  const desired = { path: `${path}.size.desired`, found: size.desired, remedy };
  if (size.desired > size.max) return [{ ...desired, wrong: `is above max ${size.max}` }];
  return size.desired < size.min ? [{ ...desired, wrong: `is below min ${size.min}` }] : [];
});

/** One architecture per group, because a group has one node image; Nitro, because the VPC CNI hands out prefixes; no type twice. */
export const instanceTypes = eachGroup(({ path, config: { instances } }) => {
  const at = `${path}.instances`;
  const arm = instances.find((type) => architecture(type) === "arm64");
  const intel = instances.find((type) => architecture(type) === "x86_64");
  const mixed: Problem[] =
    arm && intel
      ? [
          {
            path: at,
            found: instances,
            wrong: `mixes arm64 (${arm}) and x86_64 (${intel})`,
            remedy: "A group has one node image; make a group for each",
          },
        ]
      : [];
  const old = instances.flatMap((type, i): Problem[] => {
    if (isNitro(type)) return [];
    const wrong = "is older than the Nitro system, so the VPC CNI cannot give it prefixes";
    return [{ path: `${at}[${i}]`, found: type, wrong, remedy: "Choose a newer family, for example m7i or m7g" }];
  });
  const twice = repeated(instances).map(({ value, position }): Problem => {
    return { path: `${at}[${position}]`, found: value, wrong: "is there twice", remedy: "Drop one" };
  });
  return [...mixed, ...old, ...twice];
});

/**
 * Prefixes of keys that Kubernetes and EKS own. A kubelet may set only two kinds below kubernetes.io itself; with any other in its labels
 * it does not start, and the group fails after 20 minutes. Source: Kubernetes documentation, "Well-Known Labels, Annotations and Taints" and NodeRestriction.
 */
function isReserved(key: string): boolean {
  const [prefix, name] = key.split("/");
  if (prefix === undefined || name === undefined) return false;
  if (/^([\w.-]+\.)?(node|kubelet)\.kubernetes\.io$/.test(prefix)) return false;
  return /(^|\.)(kubernetes\.io|k8s\.io|eks\.amazonaws\.com)$/.test(prefix);
}

/** Labels and taints in others' hands, and a taint that is there twice. */
export const labelsAndTaints = eachGroup(({ path, config: { labels, taints } }) => {
  const remedy = "Kubernetes and EKS set these themselves; use a key of your own, for example workload or example.com/workload";
  const reservedLabels = Object.keys(labels)
    .filter(isReserved)
    .map((key): Problem => ({ path: `${path}.labels["${key}"]`, wrong: "is a reserved key", remedy }));
  const reservedTaints = taints.flatMap(({ key }, i): Problem[] =>
    isReserved(key) ? [{ path: `${path}.taints[${i}].key`, found: key, wrong: "is a reserved key", remedy }] : [],
  );
  const twice = repeated(taints.map(({ key, effect }) => `${key}:${effect}`)).map(({ value, position }): Problem => {
    return {
      path: `${path}.taints[${position}]`,
      found: value,
      wrong: "is there twice",
      remedy: "A node has one taint per key and effect; drop one",
    };
  });
  return [...reservedLabels, ...reservedTaints, ...twice];
});

/** Zones that the network does not have. */
export const groupZones = eachGroup(({ path, config: { zones = [] } }, { network }) => {
  const strange = zones.flatMap((zone, i): Problem[] => {
    if (!network || network.zones.includes(zone)) return [];
    return [
      {
        path: `${path}.zones[${i}]`,
        found: zone,
        wrong: "is not a zone of the network",
        remedy: `Choose among ${network.zones.join(", ")}`,
      },
    ];
  });
  const twice = repeated(zones).map(({ value, position }): Problem => {
    return { path: `${path}.zones[${position}]`, found: value, wrong: "is there twice", remedy: "Drop one" };
  });
  return [...strange, ...twice];
});

/** One name for two things: managed groups, self-managed groups and Fargate profiles share names of roles and resources. */
export const groupNames: Check = ({ cluster }) => {
  if (!cluster) return [];
  const kinds = ["nodes", "selfManagedNodes", "fargate"] as const;
  const named = kinds.flatMap((kind) => Object.keys(cluster[kind]).map((name) => ({ name, path: `cluster.${kind}.${name}` })));
  return repeated(named.map(({ name }) => name)).map(({ value, position }) => {
    const first = named.find(({ name }) => name === value)?.path;
    return {
      path: named[position]?.path ?? "cluster",
      wrong: `has the name of ${first}`,
      remedy: "Rename one; names of groups and profiles are unique in a cluster",
    };
  });
};

/** Two profiles for the same pods: EKS would choose one of them by name. */
export const fargateSelectors: Check = ({ cluster }) => {
  const all = Object.entries(cluster?.fargate ?? {}).flatMap(([name, { selectors }]) =>
    selectors.map(({ namespace, labels }, i) => {
      const sorted = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
      return { path: `cluster.fargate.${name}.selectors[${i}]`, key: JSON.stringify([namespace, sorted]), namespace };
    }),
  );
  return repeated(all.map(({ key }) => key)).map(({ value, position }) => {
    const first = all.find(({ key }) => key === value);
    return {
      path: all[position]?.path ?? "cluster.fargate",
      found: first?.namespace,
      wrong: `selects the same pods as ${first?.path}`,
      remedy: "Drop one",
    };
  });
};

/** Taint that CoreDNS and the EKS storage drivers tolerate. Source: their add-on defaults. */
const tolerated = "CriticalAddonsOnly";

/** CoreDNS and the controllers need a node that takes them, else the add-ons end DEGRADED and the apply fails after 20 minutes. */
export const somewhereToRun: Check = ({ cluster }) => {
  if (!cluster) return [];
  const open = groupsOf(cluster).filter(({ config: { size, taints } }) => {
    return size.desired > 0 && taints.every(({ key, effect }) => key === tolerated || effect === "PreferNoSchedule");
  });
  const system = Object.values(cluster.fargate).some(({ selectors }) => selectors.some(({ namespace }) => namespace === "kube-system"));
  if (open.length > 0 || system) return [];
  const remedy =
    "Give one group a desired size above 0 and no taints (Karpenter, too, must run somewhere), or a Fargate profile for kube-system";
  return [{ path: "cluster.nodes", wrong: "has no group on which CoreDNS and other system pods can run", remedy }];
};
