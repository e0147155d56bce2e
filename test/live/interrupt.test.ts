/** Whatever ends a rehearsal, nothing is left and the next one is not disturbed. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { isAlive } from "../../rehearsal/terraform/init-lock.ts";
import { cache, contains, type InTerminal, inTerminal, patience, processesOf, read, rehearsed, seesProcesses, until } from "./command.ts";

/** Points in a run, by what its logs say. */
const points: Readonly<Record<string, (folder: string) => boolean>> = {
  "while the emulator starts": (folder) => readdirSync(folder).includes("terraform.rc"),
  "while Terraform initializes": (folder) => contains(join(folder, "dev-state.log"), "init"),
  "in the middle of an apply": (folder) => contains(join(folder, "dev-state.log"), '"apply_start"'),
  "while two stacks are applied at once": (folder) => contains(join(folder, "dev-network.log"), '"apply_start"'),
};

async function runUntil(point: (folder: string) => boolean): Promise<{ run: InTerminal; folder: string }> {
  const run = inTerminal("rehearse", "dev", "--only", "network");
  const folder = await run.folder();
  await until(() => point(folder));
  return { run, folder };
}

/** Process of moto, not the watcher beside it. */
function emulatorOf(folder: string): number {
  const found = processesOf(folder).find(({ command }) => /^\S*python/.test(command));
  if (!found) throw new Error("moto does not run");
  return found.pid;
}

/** Processes that hold, or are about to take, the lock of the plugin cache. */
function locks(): number[] {
  const names = readdirSync(cache).filter((name) => name.startsWith("plugins.lock"));
  return names.flatMap((name) => {
    const holder = read(join(cache, name));
    return holder === "" ? [] : [Number(holder)];
  });
}

const told = /Interrupted\. Nothing is left: every process was ended/;

(seesProcesses ? describe : describe.skip)(
  `an end from outside${seesProcesses ? "" : " (skipped: no /proc here, so leftovers cannot be seen)"}`,
  () => {
    test.each(Object.entries(points))(
      "Ctrl-C %s",
      async (_, point) => {
        const { run, folder } = await runUntil(point);
        run.press("SIGINT");
        const { code, err } = await run.ended;
        expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(told) });
        expect(processesOf(folder)).toEqual([]);
      },
      patience,
    );

    test(
      "SIGTERM, then a second one",
      async () => {
        const { run, folder } = await runUntil(points["while two stacks are applied at once"] ?? (() => true));
        run.child.kill("SIGTERM");
        run.child.kill("SIGTERM");
        expect((await run.ended).code).toBe(1);
        expect(processesOf(folder)).toEqual([]);
      },
      patience,
    );

    test(
      "kill -9 of the command itself",
      async () => {
        const { run, folder } = await runUntil(points["while two stacks are applied at once"] ?? (() => true));
        run.child.kill("SIGKILL");
        await run.ended;
        await until(() => processesOf(folder).length === 0);
      },
      patience,
    );

    test(
      "kill -9 of the emulator in the middle of an apply is told with the log's last lines",
      async () => {
        const { run, folder } = await runUntil(points["while two stacks are applied at once"] ?? (() => true));
        process.kill(emulatorOf(folder), "SIGKILL");
        const { code, err } = await run.ended;
        expect({ code, err }).toEqual({
          code: 1,
          err: expect.stringMatching(/The emulated AWS ended: SIGKILL[\s\S]*moto\.log[\s\S]*Nothing is left/),
        });
        expect(processesOf(folder)).toEqual([]);
      },
      patience,
    );

    // Other runs may hold the lock of the plugin cache at this moment; what counts is that nobody waits for a process that is gone.
    afterAll(() => expect(locks().filter((holder) => !isAlive(holder))).toEqual([]));
  },
);

test(
  "the next runs succeed, two at once without disturbing each other",
  async () => {
    const [one, other] = await Promise.all([rehearsed("dev", "--only", "state"), rehearsed("dev", "--only", "state")]);
    expect([one, other].map(({ code, failure }) => ({ code, failure }))).toEqual([{ code: 0 }, { code: 0 }]);
    expect(one.run).not.toBe(other.run);
  },
  patience,
);
