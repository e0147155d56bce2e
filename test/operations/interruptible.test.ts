/** Ctrl-C is told as such, and nothing else is. */
import { expect, test } from "@jest/globals";
import { afterKill, interruptible } from "../../operations/interruptible.ts";
import { Interrupted } from "../../rehearsal/terraform/runner.ts";

const aborted = AbortSignal.abort();
const running = new AbortController().signal;
const fails = (error: Error) => async () => {
  throw error;
};

test.each<[string, AbortSignal, Error, string]>([
  ["what fails after the signal failed because of it", aborted, new Error("ENOENT"), "Nothing was changed."],
  ["a place that knows better is believed", aborted, new Interrupted("Half is gone."), "Half is gone."],
  ["one that knows of its own process only is not", aborted, new Interrupted("Interrupted."), "Nothing was changed."],
  ["without a signal an error is an error", running, new Error("ENOENT"), "ENOENT"],
])("%s", async (_, signal, error, message) => {
  await expect(interruptible(signal, () => "Nothing was changed.", fails(error))).rejects.toThrow(message);
});

test("a lock is spoken of only after a second Ctrl-C", () =>
  expect([afterKill(running), afterKill(aborted)]).toEqual(["", expect.stringContaining("lock")]));

test("what succeeded is given, signal or not", async () =>
  expect(
    await interruptible(
      aborted,
      () => "",
      async () => 1,
    ),
  ).toBe(1));
