/** The emulated AWS: moto in a process of its own, on a free loopback port, gone when we are gone. */
import { openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { UserError } from "../../environments/user-error.ts";
import { type Child, type Exit, startChild } from "../processes.ts";

const server = fileURLToPath(new URL("serve.py", import.meta.url));

export interface EmulatorSpec {
  /** From `preparePython`. */
  readonly motoServer: string;
  /** Twelve digits: every ARN and `allowed_account_ids` use it. */
  readonly account: string;
  /** Gets what moto prints; its last lines are told where it dies. */
  readonly logFile: string;
}

export interface Emulator {
  readonly pid: number;
  /** For example http://127.0.0.1:41231 */
  readonly url: string;
  /** For the report, for example "moto 5.2.5 on 127.0.0.1:41231, account 111122223333". */
  readonly description: string;
  /** Settles when the process has ended, with the reason in words; `undefined` after `stop`. Never rejects. */
  readonly exited: Promise<string | undefined>;
  stop(): Promise<void>;
}

/** Starts moto and waits until it listens. Rejects with the last lines of its log where it ends before that. */
export async function startEmulator({ motoServer, account, logFile }: EmulatorSpec): Promise<Emulator> {
  const log = openSync(logFile, "a");
  const child = startChild({
    command: join(dirname(motoServer), "python"),
    args: ["-I", server],
    env: {
      MOTO_ACCOUNT_ID: account,
      MOTO_IAM_LOAD_MANAGED_POLICIES: "true",
      // Seconds until a certificate counts as validated; moto's default of 60 would only be waited for.
      MOTO_ACM_VALIDATION_WAIT: "1",
    },
    stdout: "pipe",
    stderr: log,
  });
  let stopping = false;
  const exited = child.exited.then(async (exit) => (stopping ? undefined : `The emulated AWS ended: ${await lastWords(exit, logFile)}`));
  const started = await Promise.race([firstLine(child), exited.then((reason) => ({ reason }))]);
  if ("reason" in started) throw new UserError(`${started.reason}`);
  const { version, port } = started;
  return {
    pid: child.pid,
    url: `http://127.0.0.1:${port}`,
    description: `moto ${version} on 127.0.0.1:${port}, account ${account}`,
    exited,
    async stop() {
      stopping = true;
      await child.stop(3_000);
    },
  };
}

interface Started {
  readonly version: string;
  readonly port: number;
}

/** serve.py's first line says where it listens. */
async function firstLine(child: Child): Promise<Started> {
  if (child.stdout === null) throw new Error("serve.py needs a pipe");
  for await (const line of createInterface({ input: child.stdout })) return JSON.parse(line) as Started;
  return new Promise(() => {}); // ended without a word: `exited` tells
}

async function lastWords({ code, signal }: Exit, logFile: string): Promise<string> {
  const lines = (await readFile(logFile, "utf8")).trimEnd().split("\n").slice(-5);
  return [`${signal ?? `exit code ${code}`}. Last lines of ${logFile}:`, ...lines].join("\n  ");
}
