/** A checkout of its own, of the files as they are now: tests commit and change there without touching the one that they run in. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cache, type Running, root, start } from "./command.ts";

export interface Checkout {
  readonly path: string;
  git(...args: readonly string[]): string;
  /** Everything as one commit. */
  commit(message: string): void;
  mainline(env: NodeJS.ProcessEnv, ...args: readonly string[]): Running;
  remove(): void;
}

const author = [
  "-c",
  "user.name=test",
  "-c",
  "user.email=test@example.com",
  "-c",
  "commit.gpgsign=false",
  "-c",
  "core.hooksPath=/dev/null",
];

/** Copies these files (default: all that git knows or would take) and makes the first commit. */
export function checkout(files: readonly string[] = known()): Checkout {
  mkdirSync(cache, { recursive: true });
  const path = mkdtempSync(join(cache, "test-checkout-"));
  for (const file of files) cpSync(join(root, file), join(path, file), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(path, "node_modules"));
  const git = (...args: readonly string[]) =>
    execFileSync("git", [...author, ...args], { cwd: path, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  const commit = (message: string) => {
    git("add", "--all");
    git("commit", "--quiet", "--message", message);
  };
  git("init", "--quiet", "--initial-branch=main");
  // A link is no folder to .gitignore's "node_modules/".
  writeFileSync(join(path, ".git/info/exclude"), "node_modules\n");
  commit("base");
  const mainline = (env: NodeJS.ProcessEnv, ...args: readonly string[]) =>
    start(process.execPath, [join(path, "cli/mainline.js"), ...args], env);
  return { path, git, commit, mainline, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Whether there is git, and a repository to copy from. */
export function canCheckOut(): boolean {
  try {
    return known().length > 0;
  } catch {
    return false;
  }
}

function known(): string[] {
  const list = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], { cwd: root, encoding: "utf8" });
  return list.split("\0").filter((file) => file !== "" && !file.startsWith("test/") && !file.startsWith("docs/"));
}
