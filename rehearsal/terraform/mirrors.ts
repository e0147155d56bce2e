/**
 * Finds folders that hold provider packages, for machines that do not reach a registry. Layouts:
 * https://developer.hashicorp.com/terraform/cli/config/config-file#filesystem_mirror
 */
import { readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

export interface Mirror {
  /** Folder that holds `registry.terraform.io/`. */
  readonly path: string;
  /** What is in it for this platform, for example "hashicorp/aws". */
  readonly providers: readonly string[];
}

/** Where software is usually unpacked. Terraform's own implied mirror folders are among them. */
export function usualRoots(home: string): string[] {
  return ["/opt", "/usr/local", "/usr/share", "/usr/lib/terraform", join(home, ".terraform.d"), join(home, ".local/share/terraform")];
}

/** Levels below a root; /usr/local/share/terraform/plugins/registry.terraform.io is the deepest usual one. */
const depth = 4;
/** Folders that are large and hold no mirror. */
const skipped = new Set(["node_modules", "site-packages", "include", "lib64", "bin", "doc", "man", "locale", "icons"]);

/** Every mirror below the roots that has a package for the platform (for example "linux_amd64"), in the order of the roots. */
export async function findMirrors(roots: readonly string[], platform: string): Promise<Mirror[]> {
  const hosts = (await Promise.all(roots.map((root) => hostFolders(root, depth)))).flat();
  const mirrors = await Promise.all([...new Set(hosts)].map((host) => readMirror(dirname(host), platform)));
  return mirrors.filter(({ providers }) => providers.length > 0);
}

/** What a mirror folder holds for the platform. */
export async function readMirror(path: string, platform: string): Promise<Mirror> {
  const host = join(path, "registry.terraform.io");
  const providers: string[] = [];
  for (const namespace of await folders(host)) {
    for (const type of await folders(join(host, namespace))) {
      if (await holds(join(host, namespace, type), platform)) providers.push(`${namespace}/${type}`);
    }
  }
  return { path, providers };
}

/** Unpacked (`<version>/<platform>/`) or packed (`terraform-provider-<type>_<version>_<platform>.zip`). */
async function holds(folder: string, platform: string): Promise<boolean> {
  const entries = await names(folder);
  if (entries.some((entry) => entry.endsWith(`_${platform}.zip`))) return true;
  const versions = await Promise.all(entries.map((version) => names(join(folder, version))));
  return versions.some((platforms) => platforms.includes(platform));
}

async function hostFolders(folder: string, levels: number): Promise<string[]> {
  if (basename(folder) === "registry.terraform.io") return [folder];
  if (levels === 0) return [];
  const below = (await folders(folder)).filter((name) => !name.startsWith(".") && !skipped.has(name));
  return (await Promise.all(below.map((name) => hostFolders(join(folder, name), levels - 1)))).flat();
}

/** Names of the folders in a folder; links are not followed, so there are no circles. A folder that cannot be read is empty. */
async function folders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

async function names(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}
