/** Time, passed in, so that tests of states that change need no waiting. */

export interface Scheduler {
  now(): Date;
  /** Settles after `ms` milliseconds; never, once closed. */
  wait(ms: number): Promise<void>;
  close(): void;
}

/** How long EKS takes here, milliseconds. Real EKS takes minutes. */
export interface Delays {
  /** Until a created resource is ACTIVE; a cluster's control plane may take longer. */
  readonly create: number;
  readonly update: number;
  readonly delete: number;
  /** How long nodes and add-ons may wait for what they need before they fail. EKS: 20 to 30 minutes. */
  readonly patience: number;
  /** How often that is looked at. */
  readonly retry: number;
  /** How long a describe may be held back while the state is a passing one; 0: never. See `settle` in service.ts. */
  readonly hold: number;
}

/**
 * Terraform's provider asks at once, then after 0.2, 0.6, 1.4, 3.0, 6.2 and 12.6 s (doubling waits): half a second is seen as a passing
 * state once or twice and costs little.
 */
export const defaultDelays: Delays = { create: 500, update: 500, delete: 500, patience: 90_000, retry: 1_000, hold: 5_000 };

export function wallClock(): Scheduler {
  const timers = new Set<NodeJS.Timeout>();
  return {
    now: () => new Date(),
    wait: (ms) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => {
          timers.delete(timer);
          resolve();
        }, ms);
        timer.unref(); // a pending state change keeps no process alive
        timers.add(timer);
      }),
    close() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}
