/** What became of each stack that was to be planned. `plans.json` is this, in the form that a review reads (review/plan-set.ts). */
import type { Change } from "../affected/model.ts";

/** `deferred`: it waits for a stack that was never applied. `not affected`: only where affected stacks were asked for. */
export type Outcome = "planned" | "deferred" | "failed" | "not affected";

/** How many objects a plan is about. */
export interface Counts {
  readonly create: number;
  readonly update: number;
  readonly replace: number;
  readonly delete: number;
  /** Taken into the state, dropped from it, or renamed. */
  readonly other: number;
  /** Values that others read. */
  readonly outputs: number;
}

export interface PlanEntry {
  readonly id: string;
  readonly outcome: Outcome;
  /** Why it is deferred or failed; one sentence or more. */
  readonly because?: string;
  /** Of `terraform show -json`, beside plans.json. */
  readonly file?: string;
  /** Commit that was planned; `dirty`: files differed from it. */
  readonly commit?: string;
  readonly dirty?: boolean;
  /** Absent where the stack has no state yet. */
  readonly stateSerial?: number;
  readonly stateLineage?: string;
  /** ISO 8601. */
  readonly plannedAt?: string;
  /** Version of Terraform or OpenTofu. */
  readonly terraform?: string;
  /** Where affected stacks were asked for: why it is among them. */
  readonly change?: Change;
  readonly affectedBecause?: string;
  readonly counts?: Counts;
}

export interface PlanSet {
  readonly version: 1;
  readonly stacks: readonly PlanEntry[];
}

/** Whether an apply of the plan would do anything. */
export function hasChanges({ counts }: PlanEntry): boolean {
  return counts !== undefined && Object.values(counts).some((number) => number > 0);
}

/** 0: planned, nothing to do; 2: changes; 1: at least one failed. A stack that waits is neither. */
export function exitCodeOf({ stacks }: PlanSet): 0 | 1 | 2 {
  if (stacks.some(({ outcome }) => outcome === "failed")) return 1;
  return stacks.some(hasChanges) ? 2 : 0;
}
