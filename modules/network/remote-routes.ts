/** Routes to another network, from every zone of the tiers that may talk to it. */
import { Route } from "@cdktf/provider-aws/lib/route/index.js";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type Routing, remoteTiers } from "./routing.ts";

/** What a route leads to. */
export type RemoteTarget = { readonly vpcPeeringConnectionId: string } | { readonly transitGatewayId: string };

export interface RemoteRoutesSettings {
  readonly routing: Routing;
  /** Blocks of the other network. */
  readonly blocks: readonly string[];
  readonly target: RemoteTarget;
  /** What must exist before the routes do and is not seen from the target's id. */
  readonly after?: ITerraformDependable;
}

export class RemoteRoutes extends Construct {
  constructor(scope: Construct, id: string, { routing, blocks, target, after }: RemoteRoutesSettings) {
    super(scope, id);
    const tables = remoteTiers.flatMap((tier) =>
      Object.entries(routing.ids(tier)).map(([zone, table]) => ({ key: `${tier}_${zone}`, table })),
    );
    for (const { key, table } of tables) {
      for (const block of blocks) {
        new Route(this, `${key}_${block.replaceAll(/[./]/g, "-")}`, {
          routeTableId: table,
          destinationCidrBlock: block,
          ...target,
          dependsOn: after && [after],
        });
      }
    }
  }
}
