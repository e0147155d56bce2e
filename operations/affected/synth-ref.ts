/** Synthesizes the working tree, or a commit from a copy of its own: in a child process that has no credentials, since it runs that commit's code. */
import { randomUUID } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, rename, rm, stat, symlink } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../../environments/user-error.ts";
import { startChild } from "../../rehearsal/processes.ts";
import { Interrupted } from "../../rehearsal/terraform/runner.ts";
import { type Commit, extract, type Git } from "../git.ts";
import type { Synth } from "./model.ts";
import { lockFile, readSynth } from "./read-synth.ts";

export interface Place extends Git {
  /** `.cache` of the working tree. */
  readonly cache: string;
  /** Gets a line for what takes longer than a moment. */
  readonly report: (step: string) => void;
}

/** Output of a synth: what it says, and the folder that it is in. */
export interface SynthFolder {
  readonly synth: Synth;
  readonly outdir: string;
}

/** Synths of commits that stay, by tree id; equal trees give equal output. */
const kept = 20;

/** The output of a commit's synth, from the cache where it was made before. Rejects with the synth's own words where it fails. */
export async function synthCommit(place: Place, commit: Commit): Promise<SynthFolder> {
  const { cache } = place;
  const final = join(cache, "refs", commit.tree);
  if (!(await exists(join(final, "manifest.json")))) {
    const work = join(cache, "refs", `.${commit.tree.slice(0, 12)}-${randomUUID()}`);
    try {
      const [tree, outdir] = [join(work, "tree"), join(work, "cdktf.out")];
      await extract(place, commit.tree, tree);
      await bringModules(place, tree, commit);
      place.report(`synthesizing ${commit.ref} (${commit.commit.slice(0, 9)})`);
      await synthesize(place, { tree, outdir, scratch: work, name: commit.ref });
      await copyFile(join(tree, lockFile), join(outdir, lockFile)).catch(() => {}); // most trees have none
      // At once and whole; where another run was faster, its output is the same.
      await rename(outdir, final).catch(async (error: NodeJS.ErrnoException) => {
        if (!(await exists(join(final, "manifest.json")))) throw error;
      });
    } finally {
      await rm(work, { recursive: true, force: true });
    }
    await prune(join(cache, "refs"));
  }
  return { outdir: final, synth: await readSynth(final, await textOf(join(final, lockFile))) };
}

/** The same of the working tree as it is, into a folder of the caller's. Never cached: what is not committed has no id. */
export async function synthWorkingTree(place: Place, folder: string): Promise<SynthFolder> {
  const outdir = join(folder, "cdktf.out");
  await mkdir(folder, { recursive: true });
  await synthesize(place, { tree: place.root, outdir, scratch: folder, name: "the working tree" });
  return { outdir, synth: await readSynth(outdir, await textOf(join(place.root, lockFile))) };
}

/** This checkout's packages where the lock is the same; else those of the commit, without their install scripts. */
async function bringModules({ root, user, signal, report }: Place, tree: string, { ref }: Commit): Promise<void> {
  const [own, theirs] = await Promise.all([root, tree].map((folder) => textOf(join(folder, "package-lock.json"))));
  if (await exists(join(tree, "node_modules"))) return; // committed, as a link or whole
  if (own === theirs) return symlink(join(root, "node_modules"), join(tree, "node_modules"));
  report(`installing the packages of ${ref}: its package-lock.json is another one (npm ci, about half a minute)`);
  const env = withoutCredentials(user);
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"];
  await runChild("npm", args, tree, env, signal, `npm ci of ${ref} failed. Is the package registry reachable?`);
}

interface Job {
  readonly tree: string;
  readonly outdir: string;
  /** Home of the child: it finds no profile, token or SSH key there. */
  readonly scratch: string;
  readonly name: string;
}

async function synthesize({ user, signal }: Place, { tree, outdir, scratch, name }: Job): Promise<void> {
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

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function textOf(file: string): Promise<string> {
  return readFile(file, "utf8").catch(() => "");
}

/** The oldest go. Folders of work that is under way, or was killed, begin with a dot: those of the last day stay. */
async function prune(refs: string): Promise<void> {
  const dayMs = 86_400_000;
  const dated = (await readdir(refs)).map(async (name) => ({
    name,
    at: (await stat(join(refs, name)).catch(() => undefined))?.mtimeMs ?? 0,
  }));
  const newest = (await Promise.all(dated)).sort((a, b) => b.at - a.at);
  const old = newest.filter(({ name }) => !name.startsWith(".")).slice(kept);
  const killed = newest.filter(({ name, at }) => name.startsWith(".") && at < (newest[0]?.at ?? 0) - dayMs);
  for (const { name } of [...old, ...killed]) await rm(join(refs, name), { recursive: true, force: true });
}
