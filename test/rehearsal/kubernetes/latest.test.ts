import { expect, test } from "@jest/globals";
import { latest } from "../../../rehearsal/kubernetes/latest.ts";

test("runs one at a time; calls during a run share the next one and see the newest wish", async () => {
  const seen: number[] = [];
  let wish = 0;
  let running = 0;
  const reconcile = latest(async () => {
    running += 1;
    expect(running).toBe(1);
    await new Promise((resolve) => setImmediate(resolve));
    seen.push(wish);
    running -= 1;
  });
  const calls = [1, 2, 3].map((next) => {
    wish = next;
    return reconcile();
  });
  await calls[0];
  wish = 4;
  await Promise.all([...calls, reconcile(), reconcile()]);
  expect(seen).toEqual([3, 4]);
});

test("a failed run is told to its callers only", async () => {
  let fails = true;
  const reconcile = latest(async () => {
    if (fails) throw new Error("no");
  });
  await expect(reconcile()).rejects.toThrow("no");
  fails = false;
  await expect(reconcile()).resolves.toBeUndefined();
});
