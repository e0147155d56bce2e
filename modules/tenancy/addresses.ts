/** Address blocks that network policies of teams are written with: the parts of the network by what is in them. */
import { type AddressPlan, addressPlan } from "../../environments/address-plan.ts";
import { contains } from "../../environments/ipv4.ts";
import type { NetworkConfig, TeamConfig } from "../../environments/schema.ts";

export interface Addresses {
  /** Where load balancers of a kind have their addresses. */
  readonly loadBalancers: Readonly<Record<"public" | "internal", readonly string[]>>;
  /** An outbound destination as blocks, each without what it must not reach. */
  readonly destination: (to: TeamConfig["network"]["outbound"][string]["to"]) => readonly Block[];
}

/** As `ipBlock` of a policy. */
interface Block {
  readonly cidr: string;
  readonly except?: readonly string[];
}

/** EC2's metadata service and other addresses of the node itself. */
const linkLocal = "169.254.0.0/16";

/** What only a policy of its own opens, whatever else is open: pods of others, databases, the Kubernetes API. */
function closed({ pods }: NetworkConfig, plan: AddressPlan): string[] {
  // Interface endpoints are in the private tier: closed only where pods are there, too (checks/tenancy.ts tells of it).
  return [...(pods ? [pods.cidr] : plan.blocks("private")), ...plan.blocks("data"), ...plan.blocks("intra"), linkLocal];
}

export function addressesOf(network: NetworkConfig): Addresses {
  const plan = addressPlan(network);
  const inside = closed(network, plan);
  // Most teams reach the same few destinations, and parsing blocks is the most of the work.
  const known = new Map<string, readonly Block[]>();
  return {
    loadBalancers: { public: plan.blocks("public"), internal: plan.blocks("private") },
    destination: (to) => {
      const found = known.get(to) ?? blocksOf(to, plan).map((cidr) => ({ cidr, ...without(cidr, inside) }));
      known.set(to, found);
      return found;
    },
  };
}

function blocksOf(to: string, plan: AddressPlan): readonly string[] {
  return to === "data" || to === "intra" ? plan.blocks(to) : [to];
}

/** "The internet" is not the pods of everybody else. */
function without(block: string, inside: readonly string[]): Pick<Block, "except"> {
  const except = inside.filter((inner) => inner !== block && contains(block, inner));
  return except.length > 0 ? { except } : {};
}
