/** Which Terraform (or OpenTofu) does the work, and whether it is new enough. */

import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { execa } from "execa";
import { UserError } from "../../environments/user-error.ts";

export interface Terraform {
  /** Absolute path, or as given. */
  readonly path: string;
  readonly product: "Terraform" | "OpenTofu";
  /** For example "1.11.4". */
  readonly version: string;
  /** Host that short provider names such as hashicorp/aws stand for. */
  readonly registry: "registry.terraform.io" | "registry.opentofu.org";
}

export interface Search {
  /** From `--terraform` or TERRAFORM_BINARY_NAME (the name that cdktf-cli knows, too): a path or a name on PATH. */
  readonly wanted?: string;
  /** PATH. */
  readonly path: string;
}

/** `use_lockfile` of the S3 backend is stable since 1.10, in both (versions.ts holds the same bound for every stack). */
const oldestMinor = 10;
const advice =
  "Install Terraform 1.10 or newer (https://developer.hashicorp.com/terraform/install) or OpenTofu 1.10 or newer (https://opentofu.org/docs/intro/install), or name one with --terraform PATH.";

/** The binary that was asked for, else `terraform`, else `tofu`. Rejects with what to install. */
export async function findTerraform({ wanted, path }: Search): Promise<Terraform> {
  const names = wanted ? [wanted] : ["terraform", "tofu"];
  for (const name of names) {
    const found = await onPath(name, path);
    if (found) return identify(found);
  }
  const where = wanted ? `"${wanted}" is not an executable file, nor one on PATH.` : "Neither terraform nor tofu is on PATH.";
  throw new UserError(`${where} ${advice}`);
}

/** The executable file of this name; undefined where there is none. */
export async function onPath(name: string, path: string): Promise<string | undefined> {
  const candidates = name.includes("/") ? [name] : path.split(delimiter).map((folder) => join(folder, name));
  for (const candidate of candidates) {
    const runs = await access(candidate, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runs) return candidate;
  }
  return undefined;
}

async function identify(path: string): Promise<Terraform> {
  // Neither a missing CLI config file nor a look for newer versions is of interest here.
  const { stdout, failed } = await execa(path, ["version"], { reject: false, env: { TF_CLI_CONFIG_FILE: "", CHECKPOINT_DISABLE: "1" } });
  const known = failed ? undefined : parseVersion(stdout);
  if (!known) throw new UserError(`${path} is not Terraform: "${path} version" did not say so. ${advice}`);
  const [major = 0, minor = 0] = known.version.split(".").map(Number);
  if (major < 1 || (major === 1 && minor < oldestMinor)) {
    throw new UserError(`${path} is ${known.product} ${known.version}; locks of the S3 backend need 1.10. ${advice}`);
  }
  return { path, ...known };
}

/** Reads the first line of `terraform version`. */
export function parseVersion(output: string): Omit<Terraform, "path"> | undefined {
  const [, product, version] = /^(Terraform|OpenTofu) v(\d+\.\d+\.\d+\S*)/m.exec(output) ?? [];
  if (version === undefined) return undefined;
  if (product === "OpenTofu") return { product, version, registry: "registry.opentofu.org" };
  return { product: "Terraform", version, registry: "registry.terraform.io" };
}
