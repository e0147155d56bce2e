/** The beginning of a run: the world, and what its account must have before the first stack. */
import type { Environment } from "../../environments/schema.ts";
import { namedRoles, seedRoles } from "../prerequisites.ts";
import type { AwsTarget } from "../terraform/child-environment.ts";
import { orAborted } from "./abort.ts";
import { assume, deployerRole } from "./deployer.ts";
import type { RunFolder } from "./folder.ts";
import type { RehearsalSpec } from "./spec.ts";
import { startWorld, type World, type WorldSpec } from "./world.ts";
import { type DetachedWorld, startDetachedWorld } from "./world-client.ts";

/** Starts it, in a process of its own where it may stay. Rejects as soon as the run is interrupted. */
export async function openWorld(
  spec: RehearsalSpec,
  signal: AbortSignal,
  { path }: RunFolder,
  progress: (text: string) => void,
): Promise<World | DetachedWorld> {
  const { awsEndpoint, cache, user } = spec;
  const { account, region } = spec.environment;
  const world: WorldSpec = { folder: path, cache, account, region, user, awsEndpoint };
  const starting = spec.keep ? startDetachedWorld(world, progress) : startWorld(world, progress);
  try {
    return await orAborted(signal, starting);
  } catch (error) {
    void starting.then((late) => late.close()).catch(() => {});
    throw error;
  }
}

/** Makes what the account must have before its stacks, and says as whom it is used. */
export async function prepareAccount({ url, target }: World, environment: Environment): Promise<AwsTarget> {
  const { account, region } = environment;
  await seedRoles(url, region, account, namedRoles(environment));
  const role = deployerRole(environment);
  return role === undefined ? target : { ...target, credentials: await assume(url, region, role) };
}
