/** Waivers are data of an environment: which rule does not hold for which resource, why, and until when. */
import type { Environment, Waiver } from "../../environments/schema.ts";

export interface ExpiredWaiver {
  readonly environment: string;
  readonly waiver: Waiver;
}

/** Waivers whose last day is before `today` (YYYY-MM-DD). Pure: synth never asks the clock, tests and the CLI do. */
export function expiredWaivers(environments: readonly Pick<Environment, "name" | "waivers">[], today: string): ExpiredWaiver[] {
  return environments.flatMap(({ name, waivers }) =>
    waivers.filter(({ until }) => until < today).map((waiver) => ({ environment: name, waiver })),
  );
}

/** One line for a warning or a failed check. */
export function describeExpired({ environment, waiver }: ExpiredWaiver): string {
  const { rule, stack, resource, until } = waiver;
  return `environments/${environment}.ts: the waiver of ${rule} for ${stack} ${resource} ended on ${until}. Make the rule hold, or agree on a new date with whoever accepted the risk.`;
}
