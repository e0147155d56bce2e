/** NAT gateways: private egress, IPv4 only, billed per hour and gigabyte, so the number is an environment's choice. */
import { Eip } from "@cdktf/provider-aws/lib/eip/index.js";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway/index.js";
import { Construct } from "constructs";
import type { NetworkConfig } from "../../environments/schema.ts";
import { guarded } from "../protection.ts";
import { type ByZone, forZones, inZone, type NetworkContext } from "./context.ts";
import type { PlatformVpc } from "./vpc.ts";

export interface NatSettings {
  readonly context: NetworkContext;
  readonly vpc: PlatformVpc;
  readonly mode: NetworkConfig["nat"];
  readonly zones: readonly string[];
  readonly publicSubnetIds: ByZone;
}

/**
 * Zones that have a NAT gateway. `single` takes the lowest zone id, however the zones are listed: adding a higher zone, reordering and
 * the change to `per-zone` leave that gateway and its address alone.
 */
export function natZones(mode: NetworkConfig["nat"], zones: readonly string[]): readonly string[] {
  const sorted = [...zones].sort();
  return { none: [], single: sorted.slice(0, 1), "per-zone": sorted }[mode];
}

/** The NAT gateway's zone that a zone's private subnets use: its own, or else the single one. Undefined without NAT. */
export function natZoneFor(zone: string, gateways: readonly string[]): string | undefined {
  return gateways.includes(zone) ? zone : gateways[0];
}

export class NatGateways extends Construct {
  /** NAT gateway by the zone whose private subnets use it; a zone without egress is missing. */
  private readonly gatewayIds: ByZone;

  constructor(scope: Construct, id: string, settings: NatSettings) {
    super(scope, id);
    this.gatewayIds = forZones(natZones(settings.mode, settings.zones), (zone) => this.gateway(zone, settings));
  }

  /** NAT gateway that serves a zone, or undefined without NAT. */
  for(zone: string): string | undefined {
    const serving = natZoneFor(zone, Object.keys(this.gatewayIds));
    return serving === undefined ? undefined : inZone(this.gatewayIds, serving);
  }

  private gateway(zone: string, { context, vpc, publicSubnetIds }: NatSettings): string {
    const tags = { Name: context.named(`nat-${zone}`) };
    const dependsOn = [vpc.internetGateway]; // AWS refuses a NAT gateway in a VPC without internet gateway; Terraform cannot see that.
    // Partners allow this address in their firewalls, so it is guarded like data.
    const address = new Eip(this, `address_${zone}`, { domain: "vpc", tags, dependsOn, lifecycle: guarded(context.protection) });
    const subnetId = inZone(publicSubnetIds, zone);
    return new NatGateway(this, `gateway_${zone}`, { allocationId: address.id, subnetId, tags, dependsOn }).id;
  }
}
