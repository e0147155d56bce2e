/** What `affected` compares and what it says. Plain data, so that whoever builds on it (plans, Atlantis, workflows) needs nothing else. */
import type { TerraformJson } from "../../modules/terraform-json.ts";

/** One stack of a synth. */
export interface SynthStack {
  /** For example dev-network. */
  readonly id: string;
  /** From the state's key, for example dev. */
  readonly environment: string;
  /** From the state's key, for example network. */
  readonly stack: string;
  /** Ids of the stacks that must be applied before: those that it reads, and the one that makes the bucket of its state. */
  readonly needs: readonly string[];
  readonly json: TerraformJson;
  /** SHA-256 of every file beside cdk.tf.json, by path: charts and other assets. */
  readonly files: Readonly<Record<string, string>>;
  /** What a lock file (.terraform.lock.hcl) holds each of its providers to, by source address; empty where nothing is locked. */
  readonly locked: Readonly<Record<string, string>>;
}

/** All stacks of a ref, in any order. */
export type Synth = readonly SynthStack[];

/**
 * `changed`, `added`, `removed`: the stack itself. `replan`: its JSON is the same, but it reads a value of another stack that may change, so a
 * plan of it says something new once that stack is applied.
 */
export type Change = "changed" | "added" | "removed" | "replan";

export interface Affected {
  readonly id: string;
  readonly environment: string;
  readonly stack: string;
  readonly change: Change;
  /** One sentence for people, without a full stop. */
  readonly because: string;
  /**
   * How many levels of stacks come before it, affected or not; those of one depth may go side by side. A removed stack comes after
   * everything that used to read it.
   */
  readonly depth: number;
  /** Ids of affected stacks that come directly before it; where one in between is not affected, those before that. */
  readonly needs: readonly string[];
}
