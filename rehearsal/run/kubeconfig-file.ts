/** Which kubeconfig file is written, and how: never half, never readable by others, and noted, so that `--stop` finds it again. */
import { chmod, mkdir, readdir, readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import type { Variables } from "../terraform/child-environment.ts";
import { hasContext, type RehearsedContext, withContext, withoutContext } from "./kubeconfig.ts";

/** Of one context that was written, in its run's folder. */
interface Note {
  readonly file: string;
  readonly name: string;
  readonly server: string;
}

const noteFile = "contexts.json";

/** Writes the context; returns the file. `run` is the kept rehearsal's folder. */
export async function writeContext(user: Variables, run: string, context: RehearsedContext): Promise<string> {
  const file = await fileFor(user, context.name);
  await replaceFile(file, withContext(await textOf(file), context));
  const notes = (await notesOf(run)).filter((note) => note.name !== context.name || note.file !== file);
  await writeFile(join(run, noteFile), JSON.stringify([...notes, { file, name: context.name, server: context.server }]));
  return file;
}

/** Removes what was written for runs that are over; returns the contexts' names. `running` are ids of those that are not. */
export async function removeContexts(cache: string, running: readonly string[]): Promise<string[]> {
  const runs = join(cache, "runs");
  const removed: string[] = [];
  for (const id of await readdir(runs).catch(() => [])) {
    if (running.includes(id)) continue;
    for (const { file, name, server } of await notesOf(join(runs, id))) {
      const text = await textOf(file);
      const rest = text === undefined ? undefined : withoutContext(text, name, server);
      if (rest === undefined) continue;
      await replaceFile(file, rest);
      removed.push(name);
    }
    await rm(join(runs, id, noteFile), { force: true });
  }
  return removed;
}

/**
 * As kubectl does with a list: the file that has the context; else the first that exists; else the last.
 * https://kubernetes.io/docs/tasks/access-application-cluster/configure-access-multiple-clusters/
 */
async function fileFor({ KUBECONFIG = "", HOME = "/" }: Variables, name: string): Promise<string> {
  const listed = KUBECONFIG.split(delimiter).filter((path) => path !== "");
  const files = listed.length > 0 ? listed : [join(HOME, ".kube", "config")];
  const texts = await Promise.all(files.map(textOf));
  const having = files.find((_, index) => hasContext(texts[index] ?? "", name));
  return having ?? files.find((_, index) => texts[index] !== undefined) ?? files.at(-1) ?? "";
}

async function replaceFile(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  // Behind a link: the link stays.
  const target = await realpath(file).catch(() => file);
  const mode = await stat(target).then(
    (found) => found.mode & 0o777,
    () => 0o600,
  );
  const scratch = `${target}.mainline-${process.pid}`;
  await writeFile(scratch, text, { mode: 0o600 });
  await chmod(scratch, mode);
  await rename(scratch, target);
}

/** undefined where there is no such file; every other trouble is told. */
async function textOf(file: string): Promise<string | undefined> {
  return readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
}

async function notesOf(run: string): Promise<readonly Note[]> {
  const text = await textOf(join(run, noteFile));
  return text === undefined ? [] : (JSON.parse(text) as Note[]);
}
