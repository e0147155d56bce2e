import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { withLock } from "../../../rehearsal/terraform/init-lock.ts";

let folder = "";
let file = "";
const { signal } = new AbortController();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lock-"));
  file = join(folder, "plugins.lock");
});
afterEach(() => rmSync(folder, { recursive: true }));

test("one at a time, and free afterwards", async () => {
  const log: string[] = [];
  const work = (name: string) => async () => {
    log.push(`+${name}`);
    await new Promise(setImmediate);
    log.push(`-${name}`);
  };
  await Promise.all([withLock(file, signal, work("a")), withLock(file, signal, work("b"))]);
  expect(log[1]?.slice(1)).toBe(log[0]?.slice(1));
  expect(log).toHaveLength(4);
  expect(existsSync(file)).toBe(false);
});

test("many stacks of one run wait side by side, and none takes away what another needs", async () => {
  let holders = 0;
  const work = async () => {
    expect(++holders).toBe(1);
    await new Promise(setImmediate);
    holders -= 1;
  };
  await Promise.all(Array.from({ length: 8 }, () => withLock(file, signal, work)));
  expect(readdirSync(folder)).toEqual([]);
});

test("free after a failure, which is passed on", async () => {
  const failing = withLock(file, signal, async () => {
    throw new Error("init failed");
  });
  await expect(failing).rejects.toThrow("init failed");
  expect(existsSync(file)).toBe(false);
});

test("a lock of a process that is gone counts as free", async () => {
  writeFileSync(file, "2147483647");
  expect(await withLock(file, signal, async () => "mine")).toBe("mine");
});

test("who waits for a lock is told so; waiting ends with the run", async () => {
  writeFileSync(file, String(process.pid));
  const run = new AbortController();
  await expect(
    withLock(
      file,
      run.signal,
      async () => "never",
      () => run.abort(),
    ),
  ).rejects.toThrow("aborted");
  expect(existsSync(file)).toBe(true);
});
