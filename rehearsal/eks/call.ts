/** What every operation gets beside its input. */
import type { DataPlane } from "./data-plane.ts";
import type { Place } from "./identifiers.ts";
import type { Neighbours } from "./neighbours.ts";
import type { Delays, Scheduler } from "./scheduler.ts";
import type { Store } from "./store.ts";

export interface Call extends Place {
  readonly store: Store;
  readonly aws: Neighbours;
  readonly dataPlane: DataPlane;
  readonly scheduler: Scheduler;
  readonly delays: Delays;
  readonly log: (line: string) => void;
}

/** Goes on after the answer was given. What goes wrong is logged; it must have been handled where a status depends on it. */
export function later(call: Call, what: string, work: () => Promise<void>): void {
  work().catch((error: unknown) => call.log(`${what}: ${reason(error)}`));
}

export const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Waits for `condition`, looking once per `delays.retry`. @returns false once `delays.patience` has passed. */
export async function patiently({ scheduler, delays }: Call, condition: () => boolean | Promise<boolean>): Promise<boolean> {
  for (let waited = 0; ; waited += delays.retry) {
    if (await condition()) return true;
    if (waited >= delays.patience) return false;
    await scheduler.wait(delays.retry);
  }
}
