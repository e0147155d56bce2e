/** Reads what a synth wrote into what is compared. Fails closed: what is missing, unreadable or ambiguous is an error, never "no stacks". */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { UserError } from "../../environments/user-error.ts";
import type { JsonObject, TerraformJson } from "../../modules/terraform-json.ts";
import { lockedOf, lockedProviders } from "./lock-file.ts";
import type { Synth, SynthStack } from "./model.ts";

/** Name of a provider lock file; one at the root of the working tree holds the providers of all stacks. */
export const lockFile = ".terraform.lock.hcl";

interface Manifest {
  readonly stacks?: Readonly<Record<string, { readonly synthesizedStackPath: string; readonly dependencies: readonly string[] }>>;
}

interface Place {
  readonly bucket: string;
  readonly key: string;
}

/** Rejects with a UserError that names the file. `lock` is the content of a lock file. */
export async function readSynth(outdir: string, lock = ""): Promise<Synth> {
  const file = join(outdir, "manifest.json");
  const { stacks } = await readJson<Manifest>(file);
  if (!stacks) throw new UserError(`${file} lists no stacks. Was it written by cdktf?`);
  const locked = lockedProviders(lock);
  const read = Object.entries(stacks).map(async ([id, { synthesizedStackPath, dependencies }]) => {
    const path = join(outdir, synthesizedStackPath);
    const json = await readJson<TerraformJson>(path);
    return { id, dependencies, json, place: placeOf(json, path), files: await filesBeside(path), locked: lockedOf(required(json), locked) };
  });
  const all = await Promise.all(read);
  checkPlaces(all);
  return all.map(({ id, dependencies, place, ...rest }): SynthStack => {
    const [environment, stack] = namesOf(place);
    const home = all.find((other) => other.place.bucket === place.bucket && namesOf(other.place)[1] === "state");
    const needs = [...(home && home.id !== id ? [home.id] : []), ...dependencies.filter((needed) => needed !== home?.id)];
    return { id, environment, stack, needs, ...rest };
  });
}

async function readJson<T>(file: string): Promise<T> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as T;
  } catch (error) {
    throw new UserError(`${file} cannot be read: ${error instanceof Error ? error.message : error}. Synthesize again: mainline synth`);
  }
}

function required({ terraform }: TerraformJson): JsonObject {
  return (terraform.required_providers ?? {}) as JsonObject;
}

function placeOf({ terraform }: TerraformJson, file: string): Place {
  const { bucket, key } = (terraform as { readonly backend?: { readonly s3?: Partial<Place> } }).backend?.s3 ?? {};
  if (bucket !== undefined && key !== undefined) return { bucket, key };
  throw new UserError(`${file} does not keep its state in S3, so nothing says which environment and stack it is.`);
}

/** `<environment>/<stack>.tfstate`, see stacks/state-backend.ts. */
function namesOf({ key }: Place): [string, string] {
  const at = key.lastIndexOf("/");
  return [key.slice(0, at), key.slice(at + 1).replace(/\.tfstate$/, "")];
}

/** Two stacks with one state would destroy each other's resources. */
function checkPlaces(stacks: readonly { readonly id: string; readonly place: Place }[]): void {
  const owners = new Map<string, string>();
  for (const { id, place } of stacks) {
    const where = `${place.bucket}/${place.key}`;
    const owner = owners.get(where);
    if (owner !== undefined) throw new UserError(`${owner} and ${id} both keep their state in ${where}. Give each stack its own.`);
    owners.set(where, id);
  }
}

/** What Terraform leaves in a folder that it worked in is no part of the synth. */
const ofTerraform = /^\.terraform(\/|\.lock\.hcl$|$)|\.tfstate|\.tfplan$/;

async function filesBeside(json: string): Promise<Record<string, string>> {
  const folder = join(json, "..");
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => relative(folder, join(parentPath, name)));
  const own = paths.filter((path) => path !== "cdk.tf.json" && !ofTerraform.test(path)).sort();
  const digests = own.map(async (path) => [path, await digest(join(folder, path))] as const);
  return Object.fromEntries(await Promise.all(digests));
}

async function digest(file: string): Promise<string> {
  return createHash("sha256")
    .update(await readFile(file))
    .digest("hex");
}
