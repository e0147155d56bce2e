/** Availability zones of a network. */
import { zoneSlot } from "../address-plan.ts";
import { type Check, repeated } from "./check.ts";

/**
 * Beginning of a region's zone ids: apne2 for ap-northeast-2. The area, the first letter of each direction and the number; so it is for
 * every region of the partition `aws` (AWS Regions and Availability Zones, "AZ IDs").
 */
export function zonePrefix(region: string): string {
  const [area = "", direction = "", number = ""] = region.split("-");
  const letters = direction.match(/north|south|east|west|central/g) ?? [];
  return `${area}${letters.map((word) => word.charAt(0)).join("")}${number}`;
}

/** A zone of another region. */
export const zonesOfRegion: Check = ({ network, region }) => {
  const prefix = zonePrefix(region);
  return (network?.zones ?? []).flatMap((zone, i) => {
    if (zone.startsWith(`${prefix}-`)) return [];
    const wrong = `is not a zone of ${region}`;
    return [{ path: `network.zones[${i}]`, found: zone, wrong, remedy: `Its zone ids begin with ${prefix}-az, for example ${prefix}-az1` }];
  });
};

/** A zone twice, or two zones that have the same slot in the address plan (az1 and az5, az2 and az6: only us-east-1 has them). */
export const zonesDiffer: Check = ({ network }) => {
  const zones = network?.zones ?? [];
  return repeated(zones.map(zoneSlot)).map(({ position, value }) => {
    const zone = zones[position];
    const other = zones.find((candidate) => zoneSlot(candidate) === value);
    const wrong = zone === other ? "is there twice" : `has the same address slot as ${other}`;
    return { path: `network.zones[${position}]`, found: zone, wrong, remedy: "Name another zone or drop it" };
  });
};
