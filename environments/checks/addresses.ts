/** Address blocks of one network: the VPC's, the pods', and those to which it routes. */
import { contains, overlaps, prefixLength } from "../ipv4.ts";
import type { Problem } from "../problem.ts";
import type { Environment, NetworkConfig } from "../schema.ts";
import { type Check, repeated } from "./check.ts";

const privateBlocks = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/** Whether a block is private by RFC 1918. */
export function isPrivate(block: string): boolean {
  return privateBlocks.some((outer) => contains(outer, block));
}

/** Size and place of the VPC's block. Larger than /16 AWS does not allow; in a /20 the address plan's smallest subnets have 32 addresses. */
export const vpcBlock: Check = ({ network }) => {
  if (!network) return [];
  const at = { path: "network.cidr", found: network.cidr };
  const bits = prefixLength(network.cidr);
  if (bits < 16 || bits > 20) {
    return [{ ...at, wrong: `is a /${bits}`, remedy: "Choose /16 to /20: AWS allows no larger VPC, and EKS needs the subnets of a /20" }];
  }
  if (!isPrivate(network.cidr)) {
    return [{ ...at, wrong: "is not private (RFC 1918)", remedy: `Choose a block inside ${privateBlocks.join(", ")}` }];
  }
  // VPC user guide, "VPC CIDR blocks": some AWS services (Cloud9, SageMaker) and Docker's bridge use it on the host.
  if (overlaps(network.cidr, "172.17.0.0/16")) {
    return [{ ...at, wrong: "overlaps 172.17.0.0/16, which Docker and some AWS services use on the host", remedy: "Choose another block" }];
  }
  return [];
};

/** The pods' block: shared address space (RFC 6598), which AWS lets a VPC of any RFC 1918 range add (VPC user guide, "CIDR block association restrictions"). */
export const podBlock: Check = ({ network }) => {
  if (!network?.pods) return [];
  const at = { path: "network.pods.cidr", found: network.pods.cidr };
  const bits = prefixLength(network.pods.cidr);
  if (!contains("100.64.0.0/10", network.pods.cidr)) {
    return [
      { ...at, wrong: "is not inside 100.64.0.0/10", remedy: "Choose a block there: it is in nobody's routes, for example 100.64.0.0/16" },
    ];
  }
  if (bits < 16 || bits > 18)
    return [{ ...at, wrong: `is a /${bits}`, remedy: "Choose /16 to /18: a quarter of it is the pod subnet of a zone" }];
  return [];
};

interface Route {
  readonly path: string;
  readonly block: string;
  readonly kind: "peering" | "transitGateway";
}

/** Every route to another network. */
export function routesOf({ peerings, transitGateway }: NetworkConfig): Route[] {
  return [
    ...Object.entries(peerings).map(([name, { cidr }]) => ({
      path: `network.peerings.${name}.cidr`,
      block: cidr,
      kind: "peering" as const,
    })),
    ...(transitGateway?.routes ?? []).map((block, i) => ({
      path: `network.transitGateway.routes[${i}]`,
      block,
      kind: "transitGateway" as const,
    })),
  ];
}

/**
 * Routes to other networks. A peered VPC may not overlap this one at all (VPC peering guide, "Limitations"); a transit gateway route may
 * be wider, as for 10.0.0.0/8, because the local route is more specific, but not lie inside it.
 */
export const routes: Check = ({ network }) => {
  if (!network) return [];
  const own = [network.cidr, ...(network.pods ? [network.pods.cidr] : [])];
  const all = routesOf(network);
  const inside = all.flatMap(({ path, block, kind }): Problem[] => {
    const clash = own.find((mine) => (kind === "peering" ? overlaps(mine, block) : contains(mine, block)));
    if (clash === undefined) return [];
    return [
      {
        path,
        found: block,
        wrong: `overlaps this VPC's own ${clash}`,
        remedy: "Traffic to it never leaves the VPC; correct the block or drop it",
      },
    ];
  });
  const twice = repeated(all.map(({ block }) => block)).map(({ value, position }): Problem => {
    const first = all.find(({ block }) => block === value);
    return {
      path: all[position]?.path ?? "network",
      found: value,
      wrong: `is the destination of ${first?.path}, too`,
      remedy: "A route table has one target per destination; drop one",
    };
  });
  return [...inside, ...twice];
};

/** Two default routes: NAT and transit gateway. */
export const oneDefaultRoute: Check = ({ network }) => {
  const position = network?.transitGateway?.routes.indexOf("0.0.0.0/0") ?? -1;
  if (!network || network.nat === "none" || position < 0) return [];
  const wrong = `is the default route, which network.nat "${network.nat}" makes, too`;
  return [
    {
      path: `network.transitGateway.routes[${position}]`,
      found: "0.0.0.0/0",
      wrong,
      remedy: 'Set network.nat to "none" for central egress, or drop the route',
    },
  ];
};

/**
 * Blocks that Kubernetes Services shadow. Without a setting, EKS takes Service addresses from 172.20.0.0/16 where the VPC is in
 * 10.0.0.0/8, else from 10.100.0.0/16 (EKS API reference, serviceIpv4Cidr; the choice: awslabs/amazon-eks-ami, bootstrap.sh).
 */
export const serviceRange: Check = ({ network, cluster }: Environment) => {
  if (!network || !cluster) return [];
  const services = contains("10.0.0.0/8", network.cidr) ? "172.20.0.0/16" : "10.100.0.0/16";
  return routesOf(network)
    .filter(({ block }) => contains(services, block))
    .map(({ path, block }) => ({
      path,
      found: block,
      wrong: `lies in ${services}, from which EKS takes the addresses of Services`,
      remedy: "Pods could not reach it reliably; route another block",
    }));
};
