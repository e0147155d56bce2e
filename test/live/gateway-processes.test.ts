/** Real processes: nothing outlives the run, however it ends. */
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { startEmulator } from "../../rehearsal/emulator/emulator.ts";
import { findPython } from "../../rehearsal/emulator/interpreter.ts";
import { preparePython } from "../../rehearsal/emulator/python.ts";
import { startChild } from "../../rehearsal/processes.ts";

jest.setTimeout(120_000);

const root = join(import.meta.dirname, "../..");
const missing = await findPython().then(
  () => undefined,
  ({ message }: Error) => message.split("\n")[0],
);
const withPython = missing ? test.skip : test;
const named = (name: string) => (missing ? `${name}: ${missing}` : name);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "processes-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const sh = (script: string) =>
  startChild({ command: "/bin/sh", args: ["-c", script], env: { PATH: "/usr/bin:/bin" }, stdout: "pipe", stderr: "ignore" });

test.each<[string, string, object]>([
  ["its exit code", "exit 3", { code: 3, signal: null }],
  ["the signal that ended it", "kill -KILL $$", { code: null, signal: "SIGKILL" }],
])("a child's end is told by %s", async (_what, script, exit) => {
  expect(await sh(script).exited).toEqual(exit);
});

test("a command that is not there ends with 127", async () => {
  const child = startChild({ command: "/nonexistent", args: [], env: {}, stdout: "ignore", stderr: "ignore" });
  expect(await child.exited).toEqual({ code: 127, signal: null });
});

test("stop ends the whole group, and by force what ignores the request", async () => {
  const child = sh("trap '' TERM; sleep 300 & echo $!; wait; wait");
  const grandchild = Number(await firstLine(child.stdout));
  expect(await child.stop(200)).toEqual({ code: null, signal: "SIGKILL" });
  expect(await gone(grandchild)).toBe(true);
});

test("what a child left behind goes with it", async () => {
  const child = sh("sleep 300 & echo $!");
  const grandchild = Number(await firstLine(child.stdout));
  expect(await child.exited).toEqual({ code: 0, signal: null });
  expect(await gone(grandchild)).toBe(true);
});

withPython(named("kill -9 of the run leaves no emulator"), async () => {
  const { motoServer } = await preparePython({ cache: join(root, ".cache"), report: () => {} });
  const script = `import { startEmulator } from "./rehearsal/emulator/emulator.ts";
    const { url } = await startEmulator(${JSON.stringify({ motoServer, account: "111122223333", logFile: join(folder, "moto.log") })});
    console.log(url);
    setInterval(() => {}, 1000);`;
  const args = ["--import", "tsx", "--input-type=module", "--eval", script];
  const run = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
  const url = await firstLine(run.stdout);
  expect((await fetch(`${url}/moto-api/data.json`)).status).toBe(200);
  run.kill("SIGKILL");
  expect(await refused(url)).toBe(true);
});

withPython(named("an emulator that dies says so, one that is stopped does not"), async () => {
  const { motoServer } = await preparePython({ cache: join(root, ".cache"), report: () => {} });
  const spec = { motoServer, account: "111122223333", logFile: join(folder, "moto-2.log") };
  const [dying, stopping] = await Promise.all([startEmulator(spec), startEmulator(spec)]);
  expect(dying.url).not.toBe(stopping.url);
  expect(dying.description).toMatch(/^moto 5\.2\.5 on 127\.0\.0\.1:\d+, account 111122223333$/);
  process.kill(dying.pid, "SIGKILL");
  expect(await dying.exited).toMatch(/^The emulated AWS ended: SIGKILL/);
  await stopping.stop();
  expect(await stopping.exited).toBeUndefined();
});

withPython(named("parallel first runs make one Python, and what a killed run left goes"), async () => {
  const cache = join(folder, "cache");
  const report = () => {};
  const [one, other] = await Promise.all([preparePython({ cache, report }), preparePython({ cache, report })]);
  expect(one).toEqual(other);
  expect(await readFile(one.motoServer, "utf8")).toContain(join(one.motoServer, ".."));
});

async function firstLine(stream: NodeJS.ReadableStream | null): Promise<string> {
  if (stream) for await (const line of createInterface({ input: stream })) return line;
  return "";
}

/** Waits for what another process does. */
async function within(ms: number, condition: () => Promise<boolean>): Promise<boolean> {
  for (const end = Date.now() + ms; Date.now() < end; await wait(25)) if (await condition()) return true;
  return false;
}

const gone = (pid: number) =>
  within(10_000, async () => {
    try {
      process.kill(pid, 0);
      return /^State:\s+Z/m.test(await readFile(`/proc/${pid}/status`, "utf8").catch(() => ""));
    } catch {
      return true;
    }
  });

const refused = (url: string) =>
  within(10_000, () =>
    fetch(url).then(
      () => false,
      () => true,
    ),
  );
