/**
 * What the pods of a namespace may talk to. Everything is closed in both directions; each further policy opens one thing and is named after
 * it. Policies add up, so what a service's own chart opens comes on top. The VPC CNI enforces them (modules/cluster/addon-configuration.ts).
 */
import type { TeamConfig, TenancyConfig } from "../../environments/schema.ts";
import type { CustomResource } from "../addons/addon.ts";
import type { Addresses } from "./addresses.ts";
import { labelsOf } from "./names.ts";

/** A team, as its policies see it. */
export interface Surrounded {
  readonly team: string;
  readonly teams: TenancyConfig["teams"];
  readonly project: string;
  readonly addresses: Addresses;
  /** Whether Prometheus is there. */
  readonly monitored: boolean;
}

interface Opening {
  readonly name: string;
  readonly ingress?: readonly object[];
  readonly egress?: readonly object[];
}

const everyPod = {};
const dns = ["UDP", "TCP"].map((protocol) => ({ protocol, port: 53 }));
/** EKS's pod identity agent: where pods get their AWS credentials. Source: EKS user guide, "Set up the Amazon EKS Pod Identity Agent". */
const identityAgent = { to: [{ ipBlock: { cidr: "169.254.170.23/32" } }], ports: [{ protocol: "TCP", port: 80 }] };

function inNamespaces(names: readonly string[]): object {
  // By a label that the API server sets and nobody can change.
  return { namespaceSelector: { matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "In", values: [...names].sort() }] } };
}

function tcp(ports: readonly number[]): object[] {
  return ports.map((port) => ({ protocol: "TCP", port }));
}

/** All policies of one namespace of a team. */
export function networkPolicies(namespace: string, surrounded: Surrounded): CustomResource[] {
  const { team, project } = surrounded;
  return [{ name: "default-deny", ingress: [], egress: [] }, ...openings(surrounded)].map(({ name, ingress, egress }: Opening) => ({
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name, namespace, labels: labelsOf(team, project) },
    spec: {
      podSelector: everyPod,
      policyTypes: [...(ingress ? ["Ingress"] : []), ...(egress ? ["Egress"] : [])],
      ...(ingress?.length && { ingress }),
      ...(egress?.length && { egress }),
    },
  }));
}

function openings(surrounded: Surrounded): Opening[] {
  const { team, teams, addresses, monitored } = surrounded;
  const { network, namespaces } = configOf(teams, team);
  const cluster = { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } } };
  const resolver = { to: [{ ...cluster, podSelector: { matchLabels: { "k8s-app": "kube-dns" } } }], ports: dns };
  const balancers = network.loadBalancers.flatMap((kind) => addresses.loadBalancers[kind]);
  const own = [inNamespaces(Object.keys(namespaces))];
  return [
    { name: "allow-platform", egress: [resolver, identityAgent] },
    ...(balancers.length > 0
      ? [{ name: "allow-load-balancers", ingress: [{ from: balancers.map((cidr) => ({ ipBlock: { cidr } })) }] }]
      : []),
    ...(monitored && network.monitoring ? [{ name: "allow-monitoring", ingress: [{ from: [inNamespaces(["monitoring"])] }] }] : []),
    ...(network.within ? [{ name: "allow-within", ingress: [{ from: own }], egress: [{ to: own }] }] : []),
    ...Object.entries(network.to).map(([other, { ports }]) => ({
      name: `allow-to-team-${other}`,
      egress: [{ to: [inNamespaces(Object.keys(configOf(teams, other).namespaces))], ports: tcp(ports) }],
    })),
    ...callersOf(team, teams).map(({ caller, ports }) => ({
      name: `allow-from-team-${caller}`,
      ingress: [{ from: [inNamespaces(Object.keys(configOf(teams, caller).namespaces))], ports: tcp(ports) }],
    })),
    ...Object.entries(network.outbound).map(([name, { to, ports }]) => ({
      name: `allow-outbound-${name}`,
      egress: [{ to: addresses.destination(to).map((ipBlock) => ({ ipBlock })), ports: tcp(ports) }],
    })),
  ];
}

/** Teams that name this one in `to`. */
function callersOf(team: string, teams: TenancyConfig["teams"]): { caller: string; ports: readonly number[] }[] {
  return Object.entries(teams)
    .flatMap(([caller, { network }]) => (network.to[team] ? [{ caller, ports: network.to[team].ports }] : []))
    .sort((a, b) => (a.caller < b.caller ? -1 : 1));
}

function configOf(teams: TenancyConfig["teams"], name: string): TeamConfig {
  const found = teams[name];
  if (!found) throw new Error(`There is no team ${name} among ${Object.keys(teams).join(", ")}.`);
  return found;
}
