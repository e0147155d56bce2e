/** Whose Kubernetes version AWS supports how long. With a clock from outside: for `doctor` and for people, never for the synth. */
import type { Environment } from "./schema.ts";
import { kubernetes, kubernetesVersions } from "./versions.ts";

/** A cluster whose version's standard support is over or soon is; then the control plane costs 0.60 instead of 0.10 USD an hour. */
export interface EndingSupport {
  readonly environment: string;
  readonly version: string;
  /** Last day of standard support, ISO date. */
  readonly ends: string;
  /** Days left on `today`; negative where it is over. */
  readonly daysLeft: number;
}

const millisecondsPerDay = 86_400_000;

/** Clusters whose standard support ends within `withinDays` of `today` (an ISO date), soonest first. A quarter is time for one upgrade of all. */
export function endingSupport(environments: readonly Environment[], today: string, withinDays = 90): EndingSupport[] {
  const clusters = environments.flatMap(({ name, cluster }) =>
    cluster ? [{ environment: name, version: cluster.version ?? kubernetes }] : [],
  );
  return clusters
    .flatMap(({ environment, version }) => {
      const ends = kubernetesVersions[version]?.standardSupportEnds;
      if (ends === undefined) return [];
      return [{ environment, version, ends, daysLeft: (Date.parse(ends) - Date.parse(today)) / millisecondsPerDay }];
    })
    .filter(({ daysLeft }) => daysLeft <= withinDays)
    .sort((a, b) => a.daysLeft - b.daysLeft);
}
