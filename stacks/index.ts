/** Which stacks an environment has, in the order in which they are applied. */
import { App, type AppConfig } from "cdktf";
import type { Environment } from "../environments/schema.ts";
import { ClusterStack } from "./cluster.ts";
import { NetworkStack } from "./network.ts";
import type { PlatformStack } from "./platform-stack.ts";
import { StateStack } from "./state.ts";

/** Adds the stacks of one environment to an App. */
export function addStacks(app: App, environment: Environment): PlatformStack[] {
  const stacks: PlatformStack[] = [];
  if (environment.state.sharedWith === undefined) stacks.push(new StateStack(app, environment));
  if (environment.network) stacks.push(new NetworkStack(app, environment));
  if (environment.cluster) stacks.push(new ClusterStack(app, environment));
  return stacks;
}

/** An App with the stacks of these environments; nothing is written yet. `outdir` is left to CDKTF_OUTDIR, so that the CLI's --output works. */
export function platform(environments: readonly Environment[], config: AppConfig = {}): { app: App; stacks: PlatformStack[] } {
  const app = new App({ ...config, skipValidation: false });
  return { app, stacks: environments.flatMap((environment) => addStacks(app, environment)) };
}
