/** How control planes end: asked to, by a killed API server, by a killed run. Nothing may be left of them. */
import { spawn } from "node:child_process";
import { readdir, rm } from "node:fs/promises";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, expect, jest, test } from "@jest/globals";
import { running } from "../../rehearsal/kubernetes/running.ts";
import { withKubernetes } from "./kubernetes-describe.ts";
import { eventually, identity, startPlane } from "./kubernetes-setup.ts";

jest.setTimeout(180_000);

withKubernetes("a control plane", () => {
  let close: () => Promise<void> = async () => {};
  afterEach(async () => close());

  test("ends with its cluster and leaves nothing; several run side by side", async () => {
    const { plane, folder, ...rehearsed } = await startPlane();
    close = rehearsed.close;
    const [one, two] = await Promise.all([plane.start(identity("one")), plane.start(identity("two"))]);
    expect(one?.endpoint).not.toBe(two?.endpoint);
    expect(await plane.start(identity("one"))).toEqual(one);
    expect(plane.description).toMatch(/^kwok \S+, Kubernetes 1\.35\.\d+$/);
    // A version update of EKS: the same control plane, and said so.
    expect(await plane.start({ ...identity("one"), version: "1.36" })).toEqual(one);
    expect(plane.description).toMatch(/; cluster one asks for 1\.36 and runs 1\.35\.\d+$/);
    const first = [...(await (await plane.cluster("one")).controlPlane.pids()).values()];
    const second = [...(await (await plane.cluster("two")).controlPlane.pids()).values()];
    await plane.stop("one");
    expect([first.filter(running), second.filter(running)]).toEqual([[], second]);
    expect(plane.clusters()).toEqual(["two"]);
    await expect(plane.setNodes("one", [])).rejects.toThrow('There is no control plane for a cluster "one"');
    await plane.close();
    expect(second.filter(running)).toEqual([]);
    expect(await readdir(folder)).toEqual([]);
  });

  test("whose API server is killed is reported and cleared away; the next one starts", async () => {
    const { plane, folder, ...rehearsed } = await startPlane();
    close = rehearsed.close;
    await plane.start(identity("dev"));
    const pids = await (await plane.cluster("dev")).controlPlane.pids();
    process.kill(pids.get("kube-apiserver") ?? 0, "SIGKILL");
    const failure = await plane.failed;
    expect(failure).toMatchObject({ cluster: "dev", component: "kube-apiserver" });
    expect(failure.message).toMatch(/^kube-apiserver of cluster dev \(pid \d+\) has ended unasked; .*Its log ends:/);
    expect([...pids.values()].filter(running)).toEqual([]);
    expect(await readdir(folder)).toEqual([]);
    await expect(plane.setNodes("dev", [])).rejects.toThrow("has ended unasked");
    await plane.stop("dev");
    expect((await plane.start(identity("dev"))).endpoint).toMatch(/^https:\/\/127\.0\.0\.1:/);
  });

  test("does not outlive a run that is killed", async () => {
    const script = fileURLToPath(new URL("kubernetes-run.ts", import.meta.url));
    const child = spawn(process.execPath, ["--import", "tsx", script], { stdio: ["ignore", "pipe", "inherit"] });
    const [line] = await new Promise<string[]>((resolve) =>
      createInterface({ input: child.stdout }).once("line", (text) => resolve([text])),
    );
    const { folder, pids } = JSON.parse(line ?? "{}") as { folder: string; pids: number[] };
    expect(pids.filter(running)).toHaveLength(5);
    child.kill("SIGKILL");
    await eventually(
      async () => pids.filter(running),
      (left) => left.length === 0,
    );
    expect(
      await eventually(
        async () => readdir(folder),
        (left) => left.length === 0,
      ),
    ).toEqual([]);
    await rm(folder, { recursive: true });
  });
});
