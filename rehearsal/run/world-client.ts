/** Starts a world in a process of its own (world-process.ts) and speaks to it. */
import { fork } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { UserError } from "../../environments/user-error.ts";
import type { World, WorldSpec } from "./world.ts";

export interface FromWorld {
  readonly progress?: string;
  readonly ready?: Pick<World, "target" | "url" | "description" | "kubernetes">;
  readonly failed?: string;
  readonly broken?: string;
}

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
  const ready = await new Promise<Pick<World, "target" | "url" | "description" | "kubernetes">>((resolve, reject) => {
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
  return {
    ...ready,
    broken,
    pid,
    async close() {
      closing = true;
      child.kill("SIGTERM");
      await exited;
    },
    async letGo() {
      await new Promise<void>((resolve, reject) => child.send("keep", (error) => (error ? reject(error) : resolve())));
      child.disconnect();
      child.unref();
    },
  };
}
