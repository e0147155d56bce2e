/**
 * Brings the state stack into the bucket that it makes itself: apply with local state, then move that state. Every step looks at what
 * is there, so that a run that was cut off anywhere is repaired by running it again; a finished one changes nothing.
 */

import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../../environments/user-error.ts";
import { adoption, type StateJson } from "./adoption.ts";
import { apply, applyPlanned, init, migrateState, stateAddresses } from "./commands.ts";
import { type OnProgress, type Outcome, type Progress, type Runner, runTerraform, TerraformFailure } from "./runner.ts";

export interface BootstrapSpec {
  readonly runner: Runner;
  /** The state stack's synthesized cdk.tf.json. */
  readonly json: string;
  /** Where Terraform works: a copy of the JSON, and the local state until it has moved. */
  readonly folder: string;
  /** Nothing was ever made in this account, so there is nothing to look for. */
  readonly isNew?: boolean;
  /** Gets one line per step. */
  readonly report: (step: string) => void;
  readonly onProgress?: OnProgress;
  /** Called as soon as other stacks can keep their state in the bucket, which is up to a minute before its lifecycle rules have settled. */
  readonly onUsable?: () => void;
  /** Gets the plan of a state that is complete already, as `terraform show -json` tells it, before it is applied. */
  readonly look?: (plan: string) => Promise<void>;
}

export interface Bootstrapped {
  /** Resources that were made, changed or adopted; 0 where the state was complete. */
  readonly changes: number;
  /** What Terraform was about, by address. */
  readonly planned: Outcome["changes"];
  /** What had been left by a run that was cut off, by address. */
  readonly adopted: readonly string[];
}

const localState = "bootstrap.tfstate";
const overrideFile = "zz_bootstrap_override.tf.json";
const adoptFile = "zz_adopt.tf.json";

/** Rejects with `TerraformFailure` where Terraform fails; running it again goes on from there. */
export async function bootstrap(spec: BootstrapSpec): Promise<Bootstrapped> {
  const { runner, json, folder, isNew = false, report, onProgress = () => {}, onUsable = () => {}, look } = spec;
  await mkdir(folder, { recursive: true });
  await copyFile(json, join(folder, "cdk.tf.json"));
  for (const leftover of [overrideFile, adoptFile]) await rm(join(folder, leftover), { force: true });

  if (await stateIsInBucket(runner, folder)) {
    report("state is in its bucket already");
    onUsable();
    const { done, changes } = look ? await applyPlanned(runner, folder, look, onProgress) : await apply(runner, folder, onProgress);
    await removeLocalState(folder);
    return { changes: done, planned: changes, adopted: [] };
  }

  await useLocalState(folder);
  if (await setTornStateAside(folder)) report("the local state was cut off while it was written; it is set aside");
  await init(runner, folder, ["-reconfigure"]);
  const adopted = isNew ? [] : await adoptWhatIsThere(runner, folder, report);
  report("applying with local state");
  const { done, changes } = await apply(runner, folder, (progress) => {
    onProgress(progress);
    if (isUsable(progress)) onUsable();
  });
  await rm(join(folder, adoptFile), { force: true });

  report("moving the state into its bucket");
  await rm(join(folder, overrideFile));
  await migrateState(runner, folder);
  if ((await stateAddresses(runner, folder)).length === 0) {
    throw new UserError(`The state did not arrive in the bucket; it is still in ${join(folder, localState)}. Run the command again.`);
  }
  await removeLocalState(folder);
  return { changes: done, planned: changes, adopted };
}

/** Moves the state back into a local file, so that the bucket itself can be destroyed. Only rehearsals do this. */
export async function moveStateOut(runner: Runner, folder: string): Promise<void> {
  await useLocalState(folder);
  await migrateState(runner, folder);
}

/** Whether all but lifecycle rules is made. The AWS provider watches those for 50 s; nothing else waits for them. */
export function isUsable({ done, total, current }: Progress): boolean {
  const onlyRules = current.every((address) => address.startsWith("aws_s3_bucket_lifecycle_configuration."));
  return total > 0 && done > 0 && onlyRules && done + current.length === total;
}

async function useLocalState(folder: string): Promise<void> {
  await writeFile(join(folder, overrideFile), JSON.stringify({ terraform: { backend: { local: { path: localState } } } }));
}

/**
 * Whether the local state ends in the middle. Terraform truncates the file and writes it anew for every resource, so that a process which is
 * killed may leave an empty file or half of one (`statemgr.Filesystem`). Empty is no state; half of one would fail every command from here on.
 */
export async function setTornStateAside(folder: string): Promise<boolean> {
  const file = join(folder, localState);
  const text = await readFile(file, "utf8").catch(() => "");
  try {
    if (text !== "") JSON.parse(text);
    return false;
  } catch {
    await rename(file, `${file}.torn`);
    return true;
  }
}

async function stateIsInBucket(runner: Runner, folder: string): Promise<boolean> {
  try {
    await init(runner, folder, ["-reconfigure"]);
  } catch (error) {
    if (error instanceof TerraformFailure && error.diagnostics.some(({ summary, detail }) => isNoBucket(`${summary}\n${detail}`)))
      return false;
    throw error;
  }
  return (await stateAddresses(runner, folder)).length > 0;
}

/** Wording of Terraform's and OpenTofu's S3 backend, and of S3 itself. */
export function isNoBucket(text: string): boolean {
  return /S3 bucket "[^"]*" does not exist|NoSuchBucket|The specified bucket does not exist/.test(text);
}

/** Takes over bucket, key and alias that exist but are in no state: a run ended between making them and writing that down. */
async function adoptWhatIsThere(runner: Runner, folder: string, report: (step: string) => void): Promise<readonly string[]> {
  const json = JSON.parse(await readFile(join(folder, "cdk.tf.json"), "utf8")) as StateJson;
  const known = new Set(await stateAddresses(runner, folder));
  let wanted = adoption(json, known, new Set());
  while (wanted.addresses.length > 0) {
    await writeFile(join(folder, adoptFile), JSON.stringify(wanted.file));
    try {
      report("looking for what an earlier run may have left");
      await runTerraform(runner, folder, ["plan", "-json", "-input=false", "-lock=false"]);
      return wanted.addresses;
    } catch (error) {
      const absent = error instanceof TerraformFailure ? wanted.absent(error.diagnostics) : [];
      if (absent.length === 0) throw error;
      wanted = adoption(json, known, new Set([...wanted.skipped, ...absent]));
    }
  }
  await rm(join(folder, adoptFile), { force: true });
  return [];
}

async function removeLocalState(folder: string): Promise<void> {
  for (const name of await readdir(folder)) if (name.startsWith(localState)) await rm(join(folder, name));
}
