/**
 * A private Python with moto, made once per content of requirements.txt and shared by all runs. It is built beside its place and then
 * renamed, so that a killed build leaves nothing that looks finished and parallel runs do not disturb each other: the first to finish wins.
 */
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { UserError } from "../../environments/user-error.ts";
import { isAlive } from "../terraform/init-lock.ts";
import { findPython, hasNoVenv, packagesUnavailable } from "./interpreter.ts";

const requirements = fileURLToPath(new URL("requirements.txt", import.meta.url));

export interface PythonSpec {
  /** The `.cache` folder. */
  readonly cache: string;
  /** Gets what is being done, for progress. */
  readonly report: (message: string) => void;
}

export interface PreparedPython {
  /** Path of moto_server in the private environment. */
  readonly motoServer: string;
  /** Of moto, for example "5.2.5". */
  readonly version: string;
}

/** Rejects with what to install where Python, its venv module or the packages are not to be had. */
export async function preparePython({ cache, report }: PythonSpec): Promise<PreparedPython> {
  const name = `python-${createHash("sha256")
    .update(await readFile(requirements))
    .digest("hex")
    .slice(0, 12)}`;
  const place = join(cache, name);
  const ready = await motoVersion(place);
  if (ready) return { motoServer: join(place, "bin", "moto_server"), version: ready };

  await mkdir(cache, { recursive: true });
  await removeLeftovers(cache, name);
  const building = `${place}.${process.pid}-${Math.random().toString(36).slice(2, 8)}`;
  try {
    await build(building, report);
    await settle(building, place);
  } finally {
    await rm(building, { recursive: true, force: true });
  }
  const version = await motoVersion(place);
  if (!version) throw new UserError(`${place} was made but moto cannot be imported from it. Delete that folder and run again.`);
  return { motoServer: join(place, "bin", "moto_server"), version };
}

async function build(folder: string, report: (message: string) => void): Promise<void> {
  const python = await findPython();
  report(`making a private Python ${python.version} for the emulated AWS, once`);
  const venv = await execa(python.command, ["-m", "venv", folder], { reject: false });
  if (venv.failed) throw new UserError(hasNoVenv(python, `${venv.stdout}\n${venv.stderr}`));
  report("installing moto from PyPI, once");
  // Inherits the environment: index mirrors, proxies and certificates are set there (PIP_INDEX_URL, PIP_FIND_LINKS, PIP_CERT).
  const args = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"];
  const pip = await execa(join(folder, "bin", "python"), [...args, "--only-binary=:all:", "--require-hashes", "-r", requirements], {
    reject: false,
  });
  if (pip.failed) throw new UserError(packagesUnavailable(pip.stderr));
}

/** Gives the finished build its place, unless a parallel run was first. A broken one there makes way. */
async function settle(building: string, place: string): Promise<void> {
  const script = join(building, "bin", "moto_server");
  await writeFile(script, (await readFile(script, "utf8")).replaceAll(building, place));
  if (await motoVersion(place)) return;
  await rm(place, { recursive: true, force: true });
  await rename(building, place).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
  });
}

/** Version of moto in an environment that works; `undefined` where there is none, or its Python is gone. */
async function motoVersion(place: string): Promise<string | undefined> {
  const check = "import flask, importlib.metadata as m; print(m.version('moto'))";
  const { failed, stdout } = await execa(join(place, "bin", "python"), ["-I", "-c", check], { reject: false });
  return failed ? undefined : stdout.trim();
}

/** Builds of runs that were killed; those of living processes stay. */
async function removeLeftovers(cache: string, name: string): Promise<void> {
  for (const entry of await readdir(cache)) {
    const pid = new RegExp(`^${name}\\.(\\d+)-`).exec(entry)?.[1];
    if (pid && !isAlive(Number(pid))) await rm(join(cache, entry), { recursive: true, force: true });
  }
}
