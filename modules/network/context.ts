/** What the parts of a network are told about their environment, and values per zone. */
import type { Namer } from "../naming.ts";
import type { Protection } from "../protection.ts";

export interface NetworkContext {
  readonly named: Namer;
  readonly account: string;
  readonly region: string;
  readonly protection: Protection;
}

/** A value per availability zone id. Keyed, never positional: a zone that is added moves nothing. */
export type ByZone<T = string> = Readonly<Record<string, T>>;

/** Makes one value per zone. */
export function forZones<T>(zones: readonly string[], make: (zone: string) => T): ByZone<T> {
  return Object.fromEntries(zones.map((zone) => [zone, make(zone)]));
}

/** The value of a zone. Throws a RangeError where there is none: a mistake in this workspace, not in an environment. */
export function inZone<T>(values: ByZone<T>, zone: string): T {
  const value = values[zone];
  if (value === undefined) throw new RangeError(`nothing for zone ${zone}; there is something for ${Object.keys(values).join(", ")}`);
  return value;
}
