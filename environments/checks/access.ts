/** Who may do what in the cluster, and from where: nobody locked out, nobody in by accident. */
import { contains, prefixLength } from "../ipv4.ts";
import type { Problem } from "../problem.ts";
import type { ClusterConfig } from "../schema.ts";
import { isPrivate, routesOf } from "./addresses.ts";
import { type Check, repeated } from "./check.ts";

type Entry = ClusterConfig["access"][string];

function entriesOf(cluster: ClusterConfig | undefined): { path: string; entry: Entry }[] {
  return Object.entries(cluster?.access ?? {}).map(([name, entry]) => ({ path: `cluster.access.${name}`, entry }));
}

/** Account of an ARN. */
function accountOf(arn: string): string | undefined {
  return arn.split(":")[4];
}

/** The creator gets no admin rights, so without an entry nobody has any. */
export const someAdmin: Check = ({ cluster }) => {
  if (!cluster || entriesOf(cluster).some(({ entry }) => entry.policy === "cluster-admin")) return [];
  const remedy =
    'Give at least one role the policy "cluster-admin": whoever creates the cluster gets no rights by that, so nobody could enter it';
  return [{ path: "cluster.access", wrong: "has no administrator", remedy }];
};

/** EKS has one entry per principal and answers 409 to the second. */
export const principalsDiffer: Check = ({ cluster }) => {
  const entries = entriesOf(cluster);
  return repeated(entries.map(({ entry }) => entry.role)).map(({ value, position }) => {
    const first = entries.find(({ entry }) => entry.role === value)?.path;
    return {
      path: `${entries[position]?.path}.role`,
      found: value,
      wrong: `has an entry already (${first})`,
      remedy: "EKS takes one entry per role; merge them",
    };
  });
};

/** Roles of this account only: others assume a role here, so that this account alone says who comes in. Session ARNs are refused by form. */
export const rolesOfAccount: Check = ({ cluster, account, protection: { deletionRole } }) => {
  const roles = entriesOf(cluster).map(({ path, entry }) => ({ path: `${path}.role`, role: entry.role }));
  const all = deletionRole === undefined ? roles : [...roles, { path: "protection.deletionRole", role: deletionRole }];
  return all.flatMap(({ path, role }): Problem[] => {
    if (accountOf(role) === account) return [];
    const remedy = "Name a role of this account, which people of other accounts may assume";
    return [{ path, found: role, wrong: `is not of this environment's account ${account}`, remedy }];
  });
};

/** Prefixes that EKS refuses. Source: EKS user guide, "Create access entries". */
const reservedGroups = ["system:", "eks:", "aws:", "amazon:", "iam:"];

/** Groups that would be a way round the access policies, system:masters above all. */
export const groupsAllowed: Check = ({ cluster }) =>
  entriesOf(cluster).flatMap(({ path, entry }) =>
    entry.groups.flatMap((group, i): Problem[] => {
      const prefix = reservedGroups.find((candidate) => group.startsWith(candidate));
      if (prefix === undefined) return [];
      const remedy = "Use a group of your own and bind it in the cluster; for all rights there is the policy cluster-admin";
      return [{ path: `${path}.groups[${i}]`, found: group, wrong: `begins with "${prefix}", which EKS refuses`, remedy }];
    }),
  );

/** An administrator of the cluster within namespaces is a contradiction: nobody would be one of the whole. */
export const adminsOfAll: Check = ({ cluster }) =>
  entriesOf(cluster).flatMap(({ path, entry }): Problem[] => {
    if (entry.policy !== "cluster-admin" || entry.namespaces.length === 0) return [];
    return [
      {
        path: `${path}.namespaces`,
        found: entry.namespaces,
        wrong: 'limits the policy "cluster-admin", which is for the whole cluster',
        remedy: 'Use "admin" for namespaces, or drop the list',
      },
    ];
  });

/** A block wider than this is a mistake, not a company; the largest owners have a /8. */
const widest = 8;

/** Blocks that reach the API: some, none too wide, public ones public. */
export const endpointReach: Check = ({ cluster }) => {
  if (!cluster) return [];
  const { publicFrom, privateFrom } = cluster.endpoint;
  if (publicFrom.length + privateFrom.length === 0) {
    const remedy = "Name the blocks of operators and CI in publicFrom, or in privateFrom where they come by VPN, peering or a runner";
    return [{ path: "cluster.endpoint", wrong: "lets nobody in", remedy }];
  }
  const wide = Object.entries({ publicFrom, privateFrom }).flatMap(([side, blocks]) =>
    blocks.flatMap((block, i): Problem[] => {
      if (prefixLength(block) >= widest) return [];
      const remedy = "Name the addresses from which operators and CI really come";
      return [{ path: `cluster.endpoint.${side}[${i}]`, found: block, wrong: `is wider than /${widest}, in effect the world`, remedy }];
    }),
  );
  const pointless = publicFrom.flatMap((block, i): Problem[] => {
    if (!isPrivate(block)) return [];
    const remedy = "No packet reaches a public endpoint from there; put it into privateFrom";
    return [{ path: `cluster.endpoint.publicFrom[${i}]`, found: block, wrong: "is private (RFC 1918)", remedy }];
  });
  const twice = Object.entries({ publicFrom, privateFrom }).flatMap(([side, blocks]) =>
    repeated(blocks).map(({ value, position }): Problem => {
      return { path: `cluster.endpoint.${side}[${position}]`, found: value, wrong: "is there twice", remedy: "Drop one" };
    }),
  );
  return [...wide, ...pointless, ...twice];
};

/** Blocks that are let in but have no way back: an answer leaves the VPC only by a peering or a transit gateway. */
export const endpointRoutable: Check = ({ cluster, network }) => {
  if (!cluster || !network) return [];
  const known = [network.cidr, ...(network.pods ? [network.pods.cidr] : []), ...routesOf(network).map(({ block }) => block)];
  return cluster.endpoint.privateFrom.flatMap((block, i): Problem[] => {
    if (known.some((outer) => contains(outer, block))) return [];
    const remedy = "Add a peering or a transit gateway route to it, else nobody there reaches the API";
    return [{ path: `cluster.endpoint.privateFrom[${i}]`, found: block, wrong: "has no route from this network", remedy }];
  });
};
