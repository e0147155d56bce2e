/** Terraform's CLI configuration for a rehearsal: where providers come from. The user's own, where there is one, is used as it is. */

import { existsSync } from "node:fs";
import { mkdir, readdir, symlink, writeFile } from "node:fs/promises";
import { arch, platform } from "node:os";
import { join } from "node:path";
import { UserError } from "../../environments/user-error.ts";
import type { Terraform } from "./binary.ts";
import type { Variables } from "./child-environment.ts";
import { findMirrors, type Mirror, readMirror, usualRoots } from "./mirrors.ts";

export interface ProviderSource {
  /** For doctor and the report. */
  readonly description: string;
  /** TF_CLI_CONFIG_FILE and the plugin cache, for the child's environment. */
  readonly variables: Variables;
}

/** Node's names in Terraform's words, for example "linux_amd64". */
export function terraformPlatform(os: string = platform(), cpu: string = arch()): string {
  return `${os === "win32" ? "windows" : os}_${cpu === "x64" ? "amd64" : cpu}`;
}

export interface Place {
  /** The user's environment: TF_CLI_CONFIG_FILE, TF_PLUGIN_MIRROR, HOME. */
  readonly user: Variables;
  /** `.cache` of the working tree: plugins that come from a registry are kept there. */
  readonly cache: string;
  /** Folder of the run; the file is written there. */
  readonly folder: string;
  readonly roots?: readonly string[];
}

/** Decides where providers come from and writes the CLI configuration for it. Rejects where TF_PLUGIN_MIRROR holds nothing. */
export async function providerSource(terraform: Terraform, { user, cache, folder, roots }: Place): Promise<ProviderSource> {
  const plugins = join(cache, "plugins");
  await mkdir(plugins, { recursive: true });
  // Stacks of a run have no lock file yet; without the second variable Terraform downloads again what the cache has.
  const cached = { TF_PLUGIN_CACHE_DIR: plugins, TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "true" };
  const own = ownConfig(terraform, user);
  if (own) return { description: `as ${own} says`, variables: { ...cached, TF_CLI_CONFIG_FILE: own } };

  const { TF_PLUGIN_MIRROR: wanted, HOME = "/" } = user;
  const file = join(folder, "terraform.rc");
  if (wanted?.startsWith("https://")) {
    await writeFile(file, `provider_installation {\n  network_mirror {\n    url = ${JSON.stringify(wanted)}\n  }\n}\n`);
    return { description: `from ${wanted}`, variables: { ...cached, TF_CLI_CONFIG_FILE: file } };
  }
  const mirrors = wanted ? [await namedMirror(wanted)] : await findMirrors(roots ?? usualRoots(HOME), terraformPlatform());
  const usable = terraform.product === "OpenTofu" ? await Promise.all(mirrors.map((mirror) => forOpenTofu(mirror, cache))) : mirrors;
  await writeFile(file, cliConfig(terraform.registry, usable));
  const from = mirrors.map(({ path, providers }) => `${providers.join(", ")} from ${path}`);
  return {
    description: [...from, `${from.length > 0 ? "others " : ""}from ${terraform.registry}`].join("; "),
    variables: { ...cached, TF_CLI_CONFIG_FILE: file },
  };
}

/** The file that Terraform would read, if it is there. https://developer.hashicorp.com/terraform/cli/config/config-file#locations */
function ownConfig({ product }: Terraform, { TF_CLI_CONFIG_FILE, HOME = "/" }: Variables): string | undefined {
  const usual = product === "OpenTofu" ? [".tofurc", ".terraformrc"] : [".terraformrc"];
  return [TF_CLI_CONFIG_FILE ?? "", ...usual.map((name) => join(HOME, name))].find((file) => file !== "" && existsSync(file));
}

async function namedMirror(path: string): Promise<Mirror> {
  const mirror = await readMirror(path, terraformPlatform());
  if (mirror.providers.length > 0) return mirror;
  throw new UserError(
    `TF_PLUGIN_MIRROR is ${path}, which has no provider for ${terraformPlatform()}. It must hold registry.terraform.io/<namespace>/<provider>; "terraform providers mirror ${path}" fills it. Or unset it to use the registry.`,
  );
}

/** Each provider has one source, or Terraform asks the registry even for what a mirror has and fails where it is out of reach. */
export function cliConfig(registry: string, mirrors: readonly Mirror[]): string {
  const taken = new Set<string>();
  const blocks = mirrors.flatMap(({ path, providers }) => {
    const first = providers.filter((provider) => !taken.has(provider)).map((provider) => `${registry}/${provider}`);
    for (const provider of providers) taken.add(provider);
    if (first.length === 0) return [];
    return [`  filesystem_mirror {\n    path    = ${JSON.stringify(path)}\n    include = ${JSON.stringify(first)}\n  }`];
  });
  const exclude = [...taken].map((provider) => `${registry}/${provider}`);
  return ["provider_installation {", ...blocks, `  direct {\n    exclude = ${JSON.stringify(exclude)}\n  }`, "}", ""].join("\n");
}

/** The same packages below OpenTofu's registry name, as links: it looks for hashicorp/aws there and nowhere else. */
async function forOpenTofu({ path, providers }: Mirror, cache: string): Promise<Mirror> {
  const root = join(cache, "mirrors", "opentofu", Buffer.from(path).toString("base64url"));
  for (const provider of providers) {
    const from = join(path, "registry.terraform.io", provider);
    for (const entry of await readdir(from, { withFileTypes: true })) {
      const source = join(from, entry.name);
      const target = join(root, "registry.opentofu.org", provider, entry.name);
      if (entry.isDirectory()) for (const name of await readdir(source)) await link(join(source, name), join(target, name));
      else await link(source, target);
    }
  }
  return { path: root, providers };
}

async function link(source: string, target: string): Promise<void> {
  if (existsSync(target)) return;
  await mkdir(join(target, ".."), { recursive: true });
  await symlink(source, target).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error; // a parallel run was faster
  });
}
