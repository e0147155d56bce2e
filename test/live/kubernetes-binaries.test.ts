/** Binaries that are there; their versions are asked for, so these are processes. Those that are not: test/rehearsal/kubernetes. */
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { findBinaries } from "../../rehearsal/kubernetes/binaries.ts";

const names = ["ETCD", "KUBE_APISERVER", "KUBE_CONTROLLER_MANAGER", "KUBE_SCHEDULER", "CONTROLLER"].map((name) => `KWOK_${name}_BINARY`);
let folder = "";
let all: Record<string, string> = {};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "binaries-"));
  for (const [file, says] of [
    ["kwokctl", "kwokctl version v0.8.0 go1.26"],
    ["tool", "Kubernetes v1.35.4"],
  ]) {
    await writeFile(join(folder, file ?? ""), `#!/bin/sh\necho ${says}\n`);
    await chmod(join(folder, file ?? ""), 0o755);
  }
  all = Object.fromEntries(names.map((name) => [name, join(folder, "tool")]));
});
afterAll(async () => rm(folder, { recursive: true }));

test("takes KWOK_* variables, kwokctl beside them, and their versions; passes nothing else on", async () => {
  expect(await findBinaries({ ...all, AWS_SECRET_ACCESS_KEY: "s", HOME: "/root" })).toEqual({
    kind: "available",
    kwokctl: join(folder, "kwokctl"),
    env: all,
    engine: "kwok 0.8.0",
    kubernetesVersion: "1.35.4",
  });
});

test("else takes kwokctl from the PATH, which brings its own Kubernetes", async () => {
  const found = await findBinaries({ PATH: `/nowhere:${folder}` });
  expect(found).toMatchObject({ kind: "available", kwokctl: join(folder, "kwokctl") });
  expect(found).not.toHaveProperty("kubernetesVersion");
});
