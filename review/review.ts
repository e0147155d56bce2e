/** What a review says, before anybody prints it. Everything is sorted; the same plans give the same review. */
import type { CostDelta } from "./cost/delta.ts";
import type { AttributeChange, Freshness, Judged, Outcome, Verdict } from "./model.ts";
import type { Override } from "./overrides.ts";

/** How many of what; one row of the matrix. */
export interface Counts {
  readonly create: number;
  /** In place, without those that are only tags or computed. */
  readonly update: number;
  readonly replace: number;
  readonly delete: number;
  readonly forget: number;
  readonly import: number;
  readonly move: number;
  readonly drift: number;
  /** Updates of nothing but tags. */
  readonly tags: number;
  /** Updates of nothing but what is known after apply. */
  readonly computed: number;
  /** Values that are known after apply, over all changes. */
  readonly unknown: number;
}

export interface StackRow {
  readonly id: string;
  readonly environment: string;
  readonly stack: string;
  readonly outcome: Outcome;
  readonly because: string | undefined;
  readonly counts: Counts;
  readonly verdict: Verdict;
  /** By how much the bill changes, USD a month; undefined without a plan. */
  readonly cost: number | undefined;
  readonly freshness: Freshness | undefined;
}

/** Where something is. */
export interface Place {
  /** Id of the stack, for example dev-network. */
  readonly id: string;
  readonly environment: string;
  readonly address: string;
}

/** The same finding in several places: other environment, otherwise the same words. */
export interface FindingGroup {
  /** The first of them; its verdict is the worst of all. */
  readonly finding: Judged;
  readonly places: readonly (Place & Pick<Judged, "verdict" | "override">)[];
}

export type ChangeKind = "delete" | "replace" | "create" | "update" | "import" | "move" | "forget" | "drift";

/** The same change in several places. */
export interface ChangeGroup {
  readonly kind: ChangeKind;
  readonly type: string;
  readonly stack: string;
  readonly places: readonly Place[];
  /** Why it is replaced or destroyed, or where it was moved from; one per line. */
  readonly causes: readonly string[];
  /** What differs, without tags_all and without what is known after apply, of the first place. */
  readonly attributes: readonly AttributeChange[];
  readonly unknown: number;
}

/** An address that does not change in the same way in all environments that were planned. */
export interface Difference {
  readonly stack: string;
  /** With `<env>` where the environment's name stands. */
  readonly address: string;
  /** What happens, by environments. */
  readonly sides: readonly { readonly environments: readonly string[]; readonly text: string }[];
}

export interface Approval {
  readonly group: string;
  /** What the group answers for. */
  readonly meaning: string;
  /** Rules that ask for it, with the ids of stacks. */
  readonly asked: readonly { readonly rule: string; readonly stacks: readonly string[] }[];
}

export interface Review {
  /** The worst of all. */
  readonly verdict: Verdict;
  readonly rows: readonly StackRow[];
  readonly findings: readonly FindingGroup[];
  readonly approvals: readonly Approval[];
  readonly changes: readonly ChangeGroup[];
  readonly differences: readonly Difference[];
  readonly cost: CostDelta;
  /** Overrides that matched nothing: they can be removed. */
  readonly unusedOverrides: readonly Override[];
}
