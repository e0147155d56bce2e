/**
 * Where the Kubernetes binaries come from: KWOK_* variables first (no download), else a kwokctl on the PATH, which downloads what it
 * needs and keeps it. Without either, a rehearsal goes on without a Kubernetes API and says so.
 */
import { execFile } from "node:child_process";
import { access, constants } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";

export interface Binaries {
  readonly kind: "available";
  readonly kwokctl: string;
  /** KWOK_* variables, and what a download through a proxy needs. */
  readonly env: Readonly<Record<string, string>>;
  /** For example "1.35.4"; absent where kwokctl downloads the release that it is asked for. */
  readonly kubernetesVersion?: string;
  /** For example "kwok 0.8.0". */
  readonly engine: string;
}

export interface NotAvailable {
  readonly kind: "not-available";
  /** What is missing and how to get it; fit for the report. */
  readonly message: string;
}

/** Variables that kwokctl's binary runtime reads. All five or none: a mixture would start two Kubernetes versions. */
const variables = [
  "KWOK_ETCD_BINARY",
  "KWOK_KUBE_APISERVER_BINARY",
  "KWOK_KUBE_CONTROLLER_MANAGER_BINARY",
  "KWOK_KUBE_SCHEDULER_BINARY",
  "KWOK_CONTROLLER_BINARY",
] as const;

const passedOn = [...variables, "KWOK_KUBE_VERSION", "PATH", "HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy", "SSL_CERT_FILE"];

const remedy =
  "Install kwokctl (https://kwok.sigs.k8s.io/docs/user/installation/; `brew install kwok` or `go install sigs.k8s.io/kwok/cmd/kwokctl@v0.8.0`), " +
  `or set ${variables.join(", ")} to local files.`;

/**
 * Looks for the binaries. `env` is the caller's environment; nothing else is read.
 * Never throws: what is missing is told in the answer.
 */
export async function findBinaries(env: Readonly<Record<string, string | undefined>>): Promise<Binaries | NotAvailable> {
  const unset = variables.filter((name) => !env[name]);
  const local = unset.length === 0;
  if (!local && unset.length < variables.length) {
    return { kind: "not-available", message: `No Kubernetes API: ${unset.join(", ")} not set while others are. ${remedy}` };
  }
  for (const name of local ? variables : []) {
    if (!(await executable(env[name] ?? ""))) {
      return { kind: "not-available", message: `No Kubernetes API: ${name} is ${env[name]}, which is not an executable file. ${remedy}` };
    }
  }
  const folders = [...(local ? [dirname(env.KWOK_CONTROLLER_BINARY ?? "")] : []), ...(env.PATH ?? "").split(delimiter).filter(Boolean)];
  const kwokctl = await firstExecutable(folders.map((folder) => join(folder, "kwokctl")));
  if (!kwokctl) return { kind: "not-available", message: `No Kubernetes API: kwokctl is not on the PATH. ${remedy}` };
  const apiServer = local ? env.KWOK_KUBE_APISERVER_BINARY : undefined;
  const [engine, kubernetesVersion] = await Promise.all([version(kwokctl), apiServer ? version(apiServer) : undefined]);
  return {
    kind: "available",
    kwokctl,
    env: Object.fromEntries(passedOn.flatMap((name) => (env[name] ? [[name, env[name]]] : []))),
    ...(kubernetesVersion ? { kubernetesVersion } : {}),
    engine: `kwok ${engine ?? "of unknown version"}`,
  };
}

async function firstExecutable(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) if (await executable(path)) return path;
  return undefined;
}

async function executable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** The first x.y.z that `--version` prints. */
async function version(command: string): Promise<string | undefined> {
  const { stdout } = await promisify(execFile)(command, ["--version"], { timeout: 10_000, env: {} }).catch(() => ({ stdout: "" }));
  return /\d+\.\d+\.\d+/.exec(stdout)?.[0];
}
