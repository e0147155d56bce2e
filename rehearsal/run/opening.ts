/** The beginning of a run: the world, and what its account must have before the first stack. */
import type { Environment } from "../../environments/schema.ts";
import { namedRoles, seedRoles } from "../prerequisites.ts";
import { onPath } from "../terraform/binary.ts";
import type { AwsTarget, Variables } from "../terraform/child-environment.ts";
import { orAborted } from "./abort.ts";
import { assume, deployerRole } from "./deployer.ts";
import type { RunFolder } from "./folder.ts";
import type { KubernetesView } from "./kubernetes.ts";
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
  const { awsEndpoint, cache, user, existing } = spec;
  const { account, region } = spec.environment;
  const world: WorldSpec = { folder: path, cache, account, region, user, awsEndpoint, existing };
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

/** Why stacks that talk to Kubernetes cannot be applied here; undefined where they can. */
export async function whyNoKubernetes({ answers, description }: KubernetesView, { PATH = "" }: Variables): Promise<string | undefined> {
  if (!answers) return description;
  if (await onPath("aws", PATH)) return undefined;
  return "the AWS CLI is not on PATH; providers authenticate at the Kubernetes API by `aws eks get-token`";
}
