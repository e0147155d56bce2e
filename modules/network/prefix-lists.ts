/** Managed prefix lists of offices: rules name the list, so a new office range is one change in one place. */
import { Ec2ManagedPrefixList } from "@cdktf/provider-aws/lib/ec2-managed-prefix-list/index.js";
import { Construct } from "constructs";
import type { NetworkConfig } from "../../environments/schema.ts";
import type { NetworkContext } from "./context.ts";

export interface OfficePrefixListsSettings {
  readonly context: NetworkContext;
  readonly offices: NetworkConfig["offices"];
}

const step = 5;

/**
 * Room in a list. A list counts with its room, not its entries, against the 60 rules of a security group, so it is small; and room and
 * entries cannot be changed in one call, so there is some spare (VPC user guide, "Managed prefix lists").
 */
export function room(entries: number): number {
  return Math.ceil(entries / step) * step;
}

export class OfficePrefixLists extends Construct {
  constructor(scope: Construct, id: string, { context, offices }: OfficePrefixListsSettings) {
    super(scope, id);
    for (const [office, cidrs] of Object.entries(offices)) {
      new Ec2ManagedPrefixList(this, office, {
        name: context.named(`office-${office}`),
        addressFamily: "IPv4",
        maxEntries: room(cidrs.length),
        entry: cidrs.map((cidr) => ({ cidr, description: `office ${office}` })),
        tags: { Name: context.named(`office-${office}`) },
      });
    }
  }
}
