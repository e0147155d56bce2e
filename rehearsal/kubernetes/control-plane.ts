/** One real Kubernetes control plane: etcd, API server, controller manager, scheduler and kwok, started by kwokctl, ended by a guard. */
import { mkdir, mkdtemp, readdir, readFile, realpath, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { type Child, startChild } from "../processes.ts";
import { type KubernetesApi, kubernetesApi } from "./api.ts";
import type { Binaries } from "./binaries.ts";
import { kwokctlConfiguration, tokenWebhookConfig } from "./config.ts";
import { guard } from "./guard.ts";
import { freePorts } from "./ports.ts";
import { running } from "./running.ts";

export interface ControlPlaneOptions {
  readonly cluster: string;
  readonly binaries: Binaries;
  /** Kubernetes release to ask kwokctl for where the binaries do not decide, for example "1.35.0". */
  readonly kubernetesVersion: string;
  /** Folder that the control plane's own folder is made in. */
  readonly folder: string;
  /** Where kwokctl keeps downloads. */
  readonly cache: string;
  readonly webhookUrl: string;
  readonly log: (line: string) => void;
  /** Called once if a component ends unasked; everything else of this control plane has been ended by then. */
  failed(failure: ComponentFailure): void;
}

export interface ComponentFailure {
  readonly cluster: string;
  /** For example "kube-apiserver". */
  readonly component: string;
  /** What happened and the last lines of the component's log. */
  readonly message: string;
}

export interface RunningControlPlane {
  readonly endpoint: string;
  /** PEM. */
  readonly ca: string;
  readonly api: KubernetesApi;
  /** Path of a kubeconfig with the administrator's client certificate; removed with the control plane. */
  readonly kubeconfig: string;
  /** Process ids by component. */
  pids(): Promise<ReadonlyMap<string, number>>;
  stop(): Promise<void>;
}

const startMs = 60_000;
/** Where the binaries are not at hand, kwokctl fetches some 200 MB first. */
const downloadMs = 900_000;
const pollMs = 250;

/**
 * Starts a control plane and waits until its API is ready (about 3 s).
 * @throws Error with the log's last lines where it does not come up; nothing is left behind then.
 */
export async function startControlPlane(options: ControlPlaneOptions): Promise<RunningControlPlane> {
  // The ports were free when asked for; another program may have been faster.
  return attempt(options).catch((error: Error) => {
    options.log(`a second try for the control plane of ${options.cluster}: ${error.message.replaceAll("\n", " | ")}`);
    return attempt(options);
  });
}

async function attempt(options: ControlPlaneOptions): Promise<RunningControlPlane> {
  await mkdir(options.folder, { recursive: true });
  const folder = await mkdtemp(join(await realpath(options.folder), "control-plane-"));
  const watch = guard(folder);
  try {
    return await start(options, folder, watch.release);
  } catch (error) {
    await watch.release();
    throw error;
  }
}

async function start(options: ControlPlaneOptions, folder: string, release: () => Promise<void>): Promise<RunningControlPlane> {
  const { binaries, cluster } = options;
  const ports = await freePorts();
  const [config, webhook, kubeconfig] = [join(folder, "config.yaml"), join(folder, "token-webhook.yaml"), join(folder, "kubeconfig.yaml")];
  const kubernetesVersion = binaries.kubernetesVersion ?? options.kubernetesVersion;
  await writeFile(config, JSON.stringify(kwokctlConfiguration({ ports, cache: options.cache, tokenWebhook: webhook, kubernetesVersion })));
  await writeFile(webhook, JSON.stringify(tokenWebhookConfig(options.webhookUrl)));
  // Run from inside the folder, kwokctl itself is within the guard's reach while it starts the components.
  const kwokctl = join(folder, "kwokctl");
  await symlink(binaries.kwokctl, kwokctl);
  const child = startChild({
    command: kwokctl,
    args: ["create", "cluster", "--name", "cluster", "--config", config, "--kubeconfig", kubeconfig],
    cwd: folder,
    // HOME: kwokctl would else write to the user's own ~/.kube and ~/.kwok.
    env: { ...binaries.env, HOME: folder, KWOK_WORKDIR: folder },
    stdout: "ignore",
    stderr: "pipe",
  });
  await succeeded(child, cluster, binaries.kubernetesVersion === undefined ? downloadMs : startMs);

  const home = join(folder, "clusters", "cluster");
  const [ca, cert, key] = await Promise.all(["ca.crt", "admin.crt", "admin.key"].map((file) => readFile(join(home, "pki", file), "utf8")));
  const endpoint = `https://127.0.0.1:${ports.apiServer}`;
  const api = kubernetesApi({ endpoint, ca: ca ?? "", identity: { cert: cert ?? "", key: key ?? "" } });
  await ready(api, cluster, home);

  const pids = async () => readPids(home);
  const started = await pids();
  const supervision = supervise(started, async (component) => {
    const log = await logTail(home, component);
    api.close();
    await release();
    const message = `${component} of cluster ${cluster} (pid ${started.get(component)}) has ended unasked; the rest of its control plane was ended too.`;
    options.failed({ cluster, component, message: log ? `${message} Its log ends:\n${log}` : message });
  });
  const stop = async () => {
    clearInterval(supervision);
    api.close();
    await release();
  };
  return { endpoint, ca: ca ?? "", api, kubeconfig, pids, stop };
}

async function succeeded(child: Child, cluster: string, limitMs: number): Promise<void> {
  let output = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    output = (output + text).slice(-4000);
  });
  // It waits without end for a component that could not take its port.
  const late = setTimeout(() => void child.stop(), limitMs);
  const { code, signal } = await child.exited;
  clearTimeout(late);
  if (code !== 0)
    throw new Error(`kwokctl could not create the control plane of ${cluster} (${signal ?? `exit code ${code}`}):\n${output}`);
}

/** Waits until the API server says it is ready, or a component has ended. */
async function ready(api: KubernetesApi, cluster: string, home: string): Promise<void> {
  const end = Date.now() + startMs;
  for (;;) {
    const answer = await Promise.race([
      api.call<string>({ method: "GET", path: "/readyz" }).catch((error: Error) => error.message),
      silence(),
    ]);
    if (answer === "ok") return;
    const ended = [...(await readPids(home))].find(([, pid]) => !running(pid));
    if (ended || Date.now() > end) {
      const why = ended ? `${ended[0]} has ended` : `not ready after ${startMs / 1000} s: ${answer}`;
      throw new Error(`The control plane of ${cluster} did not come up: ${why}.\n${await logTail(home, ended?.[0] ?? "kube-apiserver")}`);
    }
    await wait(50);
  }
}

/** Whoever took the port may be no API server, and never answer. */
async function silence(): Promise<string> {
  return wait(5_000, "no answer", { ref: false });
}

/** Looks at the components' processes until one is gone; calls back once. They are no children of ours, so no event tells. */
function supervise(pids: ReadonlyMap<string, number>, ended: (component: string) => Promise<void>): NodeJS.Timeout {
  const timer = setInterval(() => {
    const gone = [...pids].find(([, pid]) => !running(pid));
    if (!gone) return;
    clearInterval(timer);
    void ended(gone[0]);
  }, pollMs);
  return timer.unref();
}

async function readPids(home: string): Promise<Map<string, number>> {
  const folder = join(home, "pids");
  const files = await readdir(folder).catch(() => []);
  const entries = await Promise.all(
    files.map(async (file) => [file.replace(/\.pid$/, ""), Number(await readFile(join(folder, file), "utf8"))] as const),
  );
  return new Map(entries.filter(([, pid]) => Number.isInteger(pid) && pid > 1));
}

async function logTail(home: string, component: string): Promise<string> {
  const text = await readFile(join(home, "logs", `${component}.log`), "utf8").catch(() => "");
  return text.trimEnd().split("\n").slice(-5).join("\n");
}
