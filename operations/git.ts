/** The few things that are asked of git, and what its refusals mean. */
import { copyFile, mkdir, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { UserError } from "../environments/user-error.ts";
import type { Variables } from "../rehearsal/terraform/child-environment.ts";

export interface Git {
  /** The working tree, or the folder of it that this project is in. */
  readonly root: string;
  readonly user: Variables;
  readonly signal: AbortSignal;
}

export interface Commit {
  /** As it was asked for, for example origin/main. */
  readonly ref: string;
  readonly commit: string;
  /** Id of the content of the project's folder: equal ids are equal files. */
  readonly tree: string;
}

/** Rejects with what to do where there is no such commit, or where the clone is too shallow to have it. */
export async function commitOf(git: Git, ref: string): Promise<Commit> {
  const commit = await ask(git, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]);
  if (commit === undefined) throw await unknownRef(git, ref);
  // Names the folder within the repository; empty at its top, and then this is the whole tree.
  const prefix = (await ask(git, ["rev-parse", "--show-prefix"])) ?? "";
  const tree = await ask(git, ["rev-parse", "--verify", "--quiet", `${commit}:${prefix}`]);
  if (tree === undefined)
    throw new UserError(`${ref} has no folder ${prefix}: the project was not there yet. Compare with a later commit.`);
  return { ref, commit, tree };
}

/** Where `head` left `base`; undefined where they have no commit in common. */
export async function mergeBase(git: Git, base: Commit, head: string): Promise<Commit | undefined> {
  const found = await ask(git, ["merge-base", base.commit, head]);
  if (found !== undefined) return { ...(await commitOf(git, found)), ref: base.ref };
  if (await isShallow(git)) throw new UserError(`${shallow} so nothing says where it left ${base.ref}. ${deepen}`);
  return undefined;
}

/** Id of HEAD and whether files differ from it; undefined outside of a repository, or before its first commit. */
export async function headOf(git: Git): Promise<{ readonly commit: string; readonly dirty: boolean } | undefined> {
  const commit = await ask(git, ["rev-parse", "--verify", "--quiet", "HEAD"]);
  if (commit === undefined) return undefined;
  return { commit, dirty: (await ask(git, ["status", "--porcelain", "--", "."])) !== "" };
}

/**
 * Id that the tree of a commit would have, were the files committed as they are now; ignored ones left out. Undefined where git cannot say.
 * Neither the user's index nor the repository is written to: `scratch` takes both.
 */
export async function treeOfFiles(git: Git, scratch: string): Promise<string | undefined> {
  const path = (name: string) => ask(git, ["rev-parse", "--path-format=absolute", "--git-path", name]);
  const [index, objects, prefix] = await Promise.all([path("index"), path("objects"), ask(git, ["rev-parse", "--show-prefix"])]);
  if (index === undefined || objects === undefined) return undefined;
  const own = { GIT_INDEX_FILE: join(scratch, "index"), GIT_OBJECT_DIRECTORY: join(scratch, "objects") };
  await mkdir(own.GIT_OBJECT_DIRECTORY, { recursive: true });
  await copyIndex(index, own.GIT_INDEX_FILE).catch(() => {}); // there is none before the first commit
  const variables = { ...own, GIT_ALTERNATE_OBJECT_DIRECTORIES: objects };
  if ((await run(git, ["add", "--all", "--", "."], variables)).failed) return undefined;
  const written = await run(git, ["write-tree", ...(prefix ? [`--prefix=${prefix}`] : [])], variables);
  return written.failed ? undefined : written.stdout;
}

/**
 * With what git knows already of each file, only those that changed are read. The copy must not be younger than the index: git tells by its age which
 * files may have changed within the second in which it was written (git-scm.com/docs/racy-git).
 */
async function copyIndex(index: string, target: string): Promise<void> {
  const { mtimeMs } = await stat(index);
  await copyFile(index, target);
  await utimes(target, mtimeMs / 1000 - 1, mtimeMs / 1000 - 1);
}

/**
 * Writes the files of a tree into a new folder. Not by `git worktree`: that would run hooks of the repository, and leave a registration behind
 * whenever it is killed. An index of its own leaves the user's alone.
 */
export async function extract(git: Git, tree: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const index = { GIT_INDEX_FILE: join(folder, ".index") };
  // In a folder of the repository, git would look for that folder within the tree.
  const top = { ...git, root: (await ask(git, ["rev-parse", "--show-toplevel"])) ?? git.root };
  await must(top, ["read-tree", tree], index);
  await must(top, ["checkout-index", "--all", "--force", `--prefix=${folder}/`], index);
  await rm(index.GIT_INDEX_FILE);
}

const shallow = "This clone is shallow,";
const deepen = "Fetch the rest: git fetch --unshallow, or in GitHub Actions `fetch-depth: 0` at actions/checkout.";

async function unknownRef(git: Git, ref: string): Promise<UserError> {
  if ((await ask(git, ["rev-parse", "--git-dir"])) === undefined) {
    return new UserError(
      `${git.root} is not a git checkout, so there is nothing to compare with. Clone the repository instead of copying it.`,
    );
  }
  if (await isShallow(git)) return new UserError(`${shallow} and does not have ${ref}. ${deepen}`);
  const hint = ref.startsWith("origin/")
    ? `git fetch origin ${ref.slice("origin/".length)}`
    : `git fetch --all, or name one that "git branch --all" lists`;
  return new UserError(`There is no commit "${ref}" here. ${hint}`);
}

async function isShallow(git: Git): Promise<boolean> {
  return (await ask(git, ["rev-parse", "--is-shallow-repository"])) === "true";
}

async function ask(git: Git, args: readonly string[]): Promise<string | undefined> {
  const { failed, stdout } = await run(git, args, {});
  return failed ? undefined : stdout;
}

async function must(git: Git, args: readonly string[], variables: Variables): Promise<void> {
  const { failed, stderr } = await run(git, args, variables);
  if (failed) throw new UserError(`git ${args[0]} failed.\n${stderr}`);
}

async function run({ root, user, signal }: Git, args: readonly string[], variables: Variables) {
  // A git hook that runs this sets GIT_DIR and GIT_INDEX_FILE, which are about its own work.
  const env = Object.fromEntries(Object.entries(user).filter(([name]) => !name.startsWith("GIT_")));
  const done = await execa("git", args, {
    cwd: root,
    env: { ...env, ...variables },
    extendEnv: false,
    reject: false,
    cancelSignal: signal,
  });
  if (done.code === "ENOENT") throw new UserError("git is not installed, or not on PATH. https://git-scm.com/downloads");
  return done;
}
