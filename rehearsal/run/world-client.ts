/** Starts a world in a process of its own (world-process.ts) and speaks to it. */
import { fork } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { UserError } from "../../environments/user-error.ts";
import type { KubernetesView } from "./kubernetes.ts";
import type { World, WorldSpec } from "./world.ts";

/** What can be sent: the facts of a world without its functions. */
type Ready = Pick<World, "target" | "url" | "description">;

export interface FromWorld {
  readonly progress?: string;
  readonly ready?: Ready;
  readonly failed?: string;
  readonly broken?: string;
  readonly view?: { readonly number: number; readonly kubernetes: KubernetesView };
  readonly viewFailed?: { readonly number: number; readonly message: string };
}

/** After the first message, which is its `WorldSpec`. */
export type ToWorld = { readonly keep: true } | { readonly look: number };

export interface DetachedWorld extends World {
  readonly pid: number;
  /** From now on it lives on without us. */
  letGo(): Promise<void>;
}

/** Like `startWorld`, but the world can outlive this process once `letGo` was called. */
export async function startDetachedWorld(spec: WorldSpec, report: (text: string) => void): Promise<DetachedWorld> {
  const log = openSync(join(spec.folder, "world.log"), "a");
  const child = fork(fileURLToPath(new URL("world-process.ts", import.meta.url)), [], {
    detached: true,
    execArgv: ["--import", import.meta.resolve("tsx")],
    stdio: ["ignore", log, log, "ipc"],
  });
  closeSync(log);
  child.send(spec);
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  let closing = false;
  const broken = new Promise<string | undefined>((resolve) => {
    child.on("message", (message) => {
      const { broken: reason } = message as FromWorld;
      if (reason) resolve(reason);
    });
    void exited.then(() => resolve(closing ? undefined : `The process of the emulated AWS ended. See ${join(spec.folder, "world.log")}`));
  });
  const ready = await new Promise<Ready>((resolve, reject) => {
    child.on("message", (message) => {
      const { progress, ready: world, failed } = message as FromWorld;
      if (progress) report(progress);
      if (world) resolve(world);
      if (failed) reject(new UserError(failed));
    });
    void broken.then((reason) => reject(new UserError(reason ?? "The emulated AWS was ended.")));
  });
  const { pid } = child;
  if (pid === undefined) throw new Error("The process of the emulated AWS has no id.");
  const tell = (message: ToWorld) =>
    new Promise<void>((resolve, reject) => child.send(message, (error) => (error ? reject(error) : resolve())));
  const looks = new Map<number, { readonly resolve: (view: KubernetesView) => void; readonly reject: (error: Error) => void }>();
  child.on("message", (message) => {
    const { view, viewFailed } = message as FromWorld;
    if (view) looks.get(view.number)?.resolve(view.kubernetes);
    if (viewFailed) looks.get(viewFailed.number)?.reject(new Error(viewFailed.message));
  });
  void broken.then((reason) => {
    for (const { reject } of looks.values()) reject(new UserError(reason ?? "The emulated AWS was ended."));
  });
  return {
    ...ready,
    broken,
    pid,
    async kubernetes() {
      const number = looks.size;
      const answer = new Promise<KubernetesView>((resolve, reject) => looks.set(number, { resolve, reject }));
      const [view] = await Promise.all([answer, tell({ look: number })]);
      return view;
    },
    async close() {
      closing = true;
      child.kill("SIGTERM");
      await exited;
    },
    async letGo() {
      await tell({ keep: true });
      child.disconnect();
      child.unref();
    },
  };
}
