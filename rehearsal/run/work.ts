/** A stack of a run while it is worked on. */
import type { StackResult } from "../report.ts";
import type { Runner } from "../terraform/runner.ts";
import type { Report } from "./events.ts";
import type { SynthesizedStack } from "./stacks.ts";
import type { TerraformJson } from "./terraform-resources.ts";

export interface StackWork extends SynthesizedStack {
  /** Folder where Terraform works: the synthesized one, or a copy where something had to be cut. */
  readonly folder: string;
  /** What Terraform gets. */
  readonly content: TerraformJson;
  readonly result: StackResult;
  /** Hosts that it asks by plain HTTP, beside AWS. */
  readonly plainHosts: readonly string[];
}

export interface RunContext {
  readonly report: Report;
  /** A runner that logs to a file of the stack's own. */
  readonly runnerFor: (stack: string) => Runner;
  /** Id of the stack that makes the bucket. */
  readonly stateStack: string;
  /** Nothing was ever made in this account. */
  readonly isNew: boolean;
  /** Why stacks that talk to Kubernetes cannot be applied; undefined where they can. */
  readonly noKubernetes: string | undefined;
  /** Gets the plan of every stack before it is applied, and says where it is; absent: plans are not kept. */
  readonly keepPlan?: (stack: string, plan: string) => Promise<string>;
}
