/**
 * Ends a control plane with the run. kwokctl starts its components as daemons in sessions of their own, out of reach of a process group;
 * but each of them runs a program inside the control plane's folder. So a guard process waits for the end of a pipe that only this
 * process holds open, however that comes (`kill -9` included), then ends whatever runs from that folder and removes it.
 */
import { type ChildProcess, spawn } from "node:child_process";

/**
 * Linux has /proc everywhere, ps not in slim containers; macOS has only ps. What was killed has no command line any more but may take a
 * moment to go. A zombie is gone: when it leaves the table is up to the machine's first process.
 */
const script = `trap '' INT TERM HUP
read -r _
running() {
  if [ -r /proc/self/cmdline ]; then
    for file in $(printf '%s\\n' "$FOLDER" | grep -lsF -f - /proc/[0-9]*/cmdline); do
      case "$(tr '\\0' ' ' <"$file" 2>/dev/null)" in "$FOLDER"/*) pid=\${file#/proc/}; echo "\${pid%/cmdline}" ;; esac
    done
  else
    ps -axo pid=,command= | while read -r pid command; do case "$command" in "$FOLDER"/*) echo "$pid" ;; esac; done
  fi
}
all=
while pids=$(running); [ -n "$pids" ]; do kill -KILL $pids 2>/dev/null; all="$all $pids"; sleep 0.05; done
left() {
  for pid in $all; do kill -0 "$pid" 2>/dev/null && ! grep -q ') [ZX] ' "/proc/$pid/stat" 2>/dev/null && return 0; done
  return 1
}
rounds=0
while [ $rounds -lt 40 ] && left; do rounds=$((rounds + 1)); sleep 0.05; done
rm -rf "$FOLDER"`;

export interface Guard {
  /** Ends everything that runs from the folder, removes it, and settles when nothing is left. Safe to call twice. */
  release(): Promise<void>;
}

/** Starts a guard for an absolute, real path. */
export function guard(folder: string): Guard {
  const child = watcher(folder);
  child.unref();
  let released: Promise<void> | undefined;
  const release = async () => {
    await finish(child);
    // Somebody may have ended the guard itself.
    if (child.exitCode !== 0) await finish(watcher(folder));
  };
  return {
    release: async () => {
      released ??= release();
      await released;
    },
  };
}

function watcher(folder: string): ChildProcess {
  return spawn("/bin/sh", ["-c", script], {
    env: { FOLDER: folder, PATH: "/usr/bin:/bin" },
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
}

async function finish(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.ref();
  await new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.stdin?.on("error", () => {});
    child.stdin?.end();
  });
}
