/**
 * Child processes that never outlive the run. Each is the leader of its own process group, beside a watcher that holds the read end of a
 * pipe whose write end only this process has: when it ends in any way, `kill -9` included, the pipe closes and the watcher ends the
 * group. (Linux has PR_SET_PDEATHSIG for this, macOS has nothing; a pipe works on both.)
 */
import { type ChildProcess, spawn } from "node:child_process";
import type { Readable } from "node:stream";

export interface ChildSpec {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** The child's whole environment; nothing is inherited unasked. */
  readonly env: Readonly<Record<string, string>>;
  /** Where each stream goes: a pipe to read from, an open file descriptor, or nowhere. */
  readonly stdout: "pipe" | "ignore" | number;
  readonly stderr: "pipe" | "ignore" | number;
}

/** How a process ended. `code` is null where a signal ended it. 127: the command was not found. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface Child {
  readonly pid: number;
  /** Null unless asked for as "pipe". */
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
  /** Settles when the process has ended, its pipes are drained and nothing of its group is left. Never rejects. */
  readonly exited: Promise<Exit>;
  /** Sends a signal to the whole group. Does nothing once it has ended. */
  signal(signal: NodeJS.Signals): void;
  /** Asks the group to end, and after `graceMs` milliseconds makes it. Safe to call twice. */
  stop(graceMs?: number): Promise<Exit>;
}

/**
 * The watcher waits on fd 3 in the background and ignores the signals that are meant for the child; the child replaces the shell, so
 * that pid, signals and exit code are its own. The watcher's place in the group also keeps the group's number from being used again.
 */
const lifeline = `exec 3<&0
( trap '' INT TERM HUP; read -r _; kill -TERM -$$; sleep 2; kill -KILL -$$ ) <&3 3<&- >/dev/null 2>&1 &
exec "$@" </dev/null 3<&-`;

/** Starts a process in a group of its own. Throws where not even /bin/sh can be started. */
export function startChild({ command, args, cwd, env, stdout, stderr }: ChildSpec): Child {
  const child = spawn("/bin/sh", ["-c", lifeline, "sh", command, ...args], {
    cwd,
    env: { ...env },
    detached: true,
    stdio: ["pipe", stdout, stderr],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`/bin/sh could not be started${cwd ? ` in ${cwd}. Does the folder exist?` : ""}`);
  const exited = ended(child, pid);
  let over = false;
  void exited.then(() => {
    over = true;
  });
  const signal = (name: NodeJS.Signals) => {
    if (!over) signalGroup(pid, name);
  };
  const stop = async (graceMs = 10_000): Promise<Exit> => {
    signal("SIGTERM");
    const timer = setTimeout(() => signal("SIGKILL"), graceMs);
    return exited.finally(() => clearTimeout(timer));
  };
  return { pid, stdout: child.stdout, stderr: child.stderr, exited, signal, stop };
}

async function ended(child: ChildProcess, pid: number): Promise<Exit> {
  return new Promise((resolve) => {
    child.stdin?.on("error", () => {});
    child.on("error", () => {});
    // The watcher and whatever the child left behind; also closes pipes that such leftovers hold, without which "close" would not come.
    child.on("exit", () => signalGroup(pid, "SIGKILL"));
    child.on("close", (code, signal) => resolve({ code, signal }));
  });
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // ESRCH, or EPERM on macOS where only zombies are left: nothing to signal.
  }
}
