/** What runs to synthesize: code of a commit, in a child process that finds no credentials. */
import { readFile, stat, symlink } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../../environments/user-error.ts";
import { startChild } from "../../rehearsal/processes.ts";
import { Interrupted } from "../../rehearsal/terraform/runner.ts";
import type { Commit } from "../git.ts";
import type { Place } from "./synth-ref.ts";

/** This checkout's packages where the lock is the same; else those of the commit, without their install scripts. */
export async function bringModules({ root, user, signal, report }: Place, tree: string, { ref }: Commit): Promise<void> {
  const [own, theirs] = await Promise.all([root, tree].map((folder) => textOf(join(folder, "package-lock.json"))));
  if (await exists(join(tree, "node_modules"))) return; // committed, as a link or whole
  if (own === theirs) return symlink(join(root, "node_modules"), join(tree, "node_modules"));
  report(`installing the packages of ${ref}: its package-lock.json is another one (npm ci, about half a minute)`);
  const env = withoutCredentials(user);
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"];
  await runChild("npm", args, tree, env, signal, `npm ci of ${ref} failed. Is the package registry reachable?`);
}

export interface Job {
  readonly tree: string;
  readonly outdir: string;
  /** Home of the child: it finds no profile, token or SSH key there. */
  readonly scratch: string;
  readonly name: string;
}

/** Runs the synth of a tree. Rejects with its own words where it fails. */
export async function synthesize({ user, signal }: Place, { tree, outdir, scratch, name }: Job): Promise<void> {
  const { PATH = "", TMPDIR, LANG } = user;
  const env = {
    PATH,
    ...(TMPDIR !== undefined && { TMPDIR }),
    ...(LANG !== undefined && { LANG }),
    HOME: scratch,
    AWS_EC2_METADATA_DISABLED: "true",
    CHECKPOINT_DISABLE: "1",
    NO_COLOR: "1",
    CDKTF_OUTDIR: outdir,
  };
  const failure = `The synth of ${name} failed, so nothing says which stacks are affected.`;
  await runChild(process.execPath, ["--import", "tsx", "main.ts"], tree, env, signal, failure);
}

/** npm needs the user's registry settings; nothing that it starts gets credentials of AWS. */
function withoutCredentials(user: Place["user"]): Record<string, string> {
  const entries = Object.entries(user).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return Object.fromEntries(entries.filter(([name]) => !/^(AWS_|TF_|GITHUB_TOKEN$|ATLANTIS_)/.test(name)));
}

async function runChild(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
  signal: AbortSignal,
  failure: string,
): Promise<void> {
  if (signal.aborted) throw new Interrupted("Interrupted.");
  const child = startChild({ command, args, cwd, env, stdout: "pipe", stderr: "pipe" });
  const stop = () => void child.stop(2000);
  signal.addEventListener("abort", stop, { once: true });
  const texts = [child.stdout, child.stderr].map(async (stream) =>
    stream === null ? "" : (await stream.setEncoding("utf8").toArray()).join(""),
  );
  const [exit, ...said] = await Promise.all([child.exited, ...texts]);
  signal.removeEventListener("abort", stop);
  if (signal.aborted) throw new Interrupted("Interrupted. Nothing is left.");
  if (exit.code !== 0) throw new UserError(`${failure}\n${said.join("").trim().split("\n").slice(-40).join("\n")}`);
}

export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Empty where there is no such file. */
export async function textOf(file: string): Promise<string> {
  return readFile(file, "utf8").catch(() => "");
}
