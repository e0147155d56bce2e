/** What a network without NAT must have, so that nodes join and controllers work. */
import type { Problem } from "../problem.ts";
import type { InterfaceEndpointName } from "../schema/network.ts";
import type { Environment } from "../schema.ts";
import { type Check, repeated } from "./check.ts";

interface Need {
  readonly endpoint: InterfaceEndpointName;
  readonly why: string;
  readonly when?: (environment: Environment) => boolean;
}

/** Source: EKS user guide, "Deploy private clusters with limited internet access". S3, for image layers, has a gateway endpoint always. */
const needs: readonly Need[] = [
  { endpoint: "ec2", why: "nodes and the VPC CNI describe and attach interfaces" },
  { endpoint: "ecr.api", why: "nodes log in to the registry" },
  { endpoint: "ecr.dkr", why: "nodes pull images" },
  { endpoint: "sts", why: "pods and people exchange tokens for credentials" },
  { endpoint: "eks", why: "nodes describe their cluster" },
  { endpoint: "eks-auth", why: "the pod identity agent gets credentials" },
  { endpoint: "logs", why: "logs leave the cluster" },
  { endpoint: "elasticloadbalancing", why: "the load balancer controller makes load balancers" },
  { endpoint: "ssm", why: "people open sessions on nodes, which have no port 22," },
  { endpoint: "ssmmessages", why: "people open sessions on nodes, which have no port 22," },
  { endpoint: "sqs", why: "Karpenter hears of interruptions", when: ({ cluster }) => cluster?.karpenter === true },
  {
    endpoint: "elasticfilesystem",
    why: "the EFS CSI driver makes access points",
    when: ({ cluster }) => cluster?.sharedFileSystem === true,
  },
];

/** Endpoints that are missing where nodes have no way out: neither NAT nor a default route through a transit gateway. */
export const endpointsWithoutNat: Check = (environment) => {
  const { network, cluster } = environment;
  if (!network || !cluster || network.nat !== "none" || network.transitGateway?.routes.includes("0.0.0.0/0")) return [];
  const missing = needs.filter(({ endpoint, when }) => !network.interfaceEndpoints.includes(endpoint) && (when?.(environment) ?? true));
  return missing.map(({ endpoint, why }): Problem => {
    const remedy = `Without NAT, ${why} through it; add it or set network.nat`;
    return { path: "network.interfaceEndpoints", wrong: `has no "${endpoint}"`, remedy };
  });
};

/** An endpoint twice: the second could not have the same private DNS name. */
export const endpointsDiffer: Check = ({ network }) =>
  repeated(network?.interfaceEndpoints ?? []).map(({ value, position }) => {
    return { path: `network.interfaceEndpoints[${position}]`, found: value, wrong: "is there twice", remedy: "Drop one" };
  });
