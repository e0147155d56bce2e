/** What a rehearsal is told. */
import type { Environment } from "../../environments/schema.ts";
import type { ExistingCluster } from "../kubernetes/existing/kubeconfig.ts";
import type { Variables } from "../terraform/child-environment.ts";
import type { Report } from "./events.ts";

/** Another ref of this workspace, synthesized by its own code. */
export interface Base {
  /** As it was asked for, for example origin/main. */
  readonly ref: string;
  readonly commit: string;
  /** Output folder of its synth; only read. */
  readonly outdir: string;
}

export interface RehearsalSpec {
  readonly environment: Environment;
  /** All of the workspace: the environment may use the state bucket of another. */
  readonly environments: readonly Environment[];
  /** One stack, with or without the environment's name; what it needs is applied, too. */
  readonly only?: string;
  /** Applied first; the working tree goes on top of it. */
  readonly from?: Base;
  /** Leave everything applied and running; see kept.ts. */
  readonly keep: boolean;
  /** Stacks that must be applied: skipping one of them is a failure. */
  readonly require?: readonly string[];
  /** Absolute folder, or address of a repository or registry, that charts come from in place of their own. */
  readonly charts?: string;
  /** Another emulator behind the gateway. */
  readonly awsEndpoint?: string;
  /** The user's own cluster behind the emulated EKS. */
  readonly existing?: ExistingCluster;
  /** `.cache` of the working tree. */
  readonly cache: string;
  /** Terraform's or OpenTofu's binary. */
  readonly terraform?: string;
  /** Environment variables of the user. */
  readonly user: Variables;
  /** Ends the run gently, and at once. */
  readonly signal: AbortSignal;
  readonly hard: AbortSignal;
  readonly report: Report;
}
