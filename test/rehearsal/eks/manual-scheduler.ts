/** Time that passes only when a test says so. */
import type { Scheduler } from "../../../rehearsal/eks/scheduler.ts";

export interface ManualScheduler extends Scheduler {
  /** Lets `ms` milliseconds pass, with everything that happens meanwhile. */
  advance(ms: number): Promise<void>;
}

export function manualScheduler(start = new Date("2026-11-21T00:00:00Z")): ManualScheduler {
  let now = start.getTime();
  let waiting: { readonly at: number; readonly wake: () => void }[] = [];
  return {
    now: () => new Date(now),
    wait: (ms) => new Promise((wake) => waiting.push({ at: now + ms, wake })),
    close: () => {
      waiting = [];
    },
    async advance(ms) {
      const end = now + ms;
      await idle();
      for (;;) {
        const [next] = waiting.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at);
        if (!next) break;
        waiting = waiting.filter((timer) => timer !== next);
        now = next.at;
        next.wake();
        await idle();
      }
      now = end;
    },
  };
}

/** Lets everything run that waits for nothing but promises. */
export async function idle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
