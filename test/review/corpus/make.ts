/**
 * Makes the plans of the corpus: prod and shared are rehearsed and kept, each case changes a copy of a stack's JSON, the real Terraform plans
 * it, and `terraform show -json` is stored. Run by hand when cases are added:
 *   node --import tsx test/review/corpus/make.ts [--charts <folder>] [--kept] [case…]
 * A folder of charts must have metrics-server 3.12.0 and 3.13.2 and eck-operator 4.0.0, beside those of prod. `--kept` takes
 * rehearsals that are running, and leaves them running; `--scratch` goes on in the folder of a run that was interrupted. Where the Helm provider is not to be had, cases of add-ons are left as they are, and said.
 */
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { execa } from "execa";
import { chartsOverride, chartsOverrideFile } from "../../../rehearsal/run/charts.ts";
import { type KeptWorld, listKept } from "../../../rehearsal/run/kept.ts";
import type { Base, Case, Draft } from "./case.ts";
import { cases } from "./cases/index.ts";
import { pack, plansFolder } from "./plans.ts";
import { sample } from "./sample.ts";

const root = join(import.meta.dirname, "../../..");
const cache = join(root, ".cache");
const { values: options, positionals } = parseArgs({
  options: { charts: { type: "string" }, kept: { type: "boolean", default: false }, scratch: { type: "string" } },
  allowPositionals: true,
});

/** A rehearsed environment that is still there. */
async function world(environment: string): Promise<KeptWorld> {
  if (!options.kept) {
    const args = ["rehearse", environment, "--keep", ...(options.charts === undefined ? [] : ["--charts", options.charts])];
    await execa(process.execPath, ["cli/mainline.js", ...args], { cwd: root, stdio: "inherit" });
  }
  const found = (await listKept(cache)).find((kept) => kept.environment === environment);
  if (!found) throw new Error(`no rehearsal of ${environment} is running`);
  return found;
}

const { PATH = "", HOME = "" } = process.env;
const scratch = options.scratch ?? (await mkdtemp(join(tmpdir(), "mainline-corpus-")));
const json = async (folder: string) => JSON.parse(await readFile(join(folder, "cdk.tf.json"), "utf8")) as Draft;

/** A folder in which Terraform was applied, and the world that it speaks to. */
interface Applied {
  readonly folder: string;
  readonly world: KeptWorld;
}

const terraform = ({ folder, world: { variables } }: Applied, ...args: readonly string[]) => {
  const env = { PATH, HOME, TF_IN_AUTOMATION: "1", CHECKPOINT_DISABLE: "1", ...variables };
  return execa("terraform", args, { cwd: folder, env, extendEnv: false, maxBuffer: 1e9 });
};

/** Folder of an applied stack, initialized; undefined where it was not applied. */
async function folderOf(base: Base, there: KeptWorld): Promise<string | undefined> {
  if (base === "sample") return samplePlace(there);
  const run = join(cache, "runs", there.id);
  const stack = base === "delivery" ? "shared-ci" : `prod-${base}`;
  const folder = base === "state" ? join(run, "bootstrap") : join(run, "cdktf.out/stacks", stack);
  return existsSync(join(folder, ".terraform")) ? folder : undefined;
}

async function samplePlace(there: KeptWorld): Promise<string> {
  const folder = join(scratch, "sample");
  if (existsSync(join(scratch, "sample.tfstate"))) return folder;
  const { terraform: settings, provider } = await json(join(cache, "runs", there.id, "cdktf.out/stacks/prod-network"));
  const local = { ...settings, backend: { local: { path: join(scratch, "sample.tfstate") } } };
  await mkdir(folder);
  await writeFile(join(folder, "cdk.tf.json"), JSON.stringify({ terraform: local, provider: { aws: provider.aws }, ...sample }));
  await terraform({ folder, world: there }, "init", "-input=false");
  await terraform({ folder, world: there }, "apply", "-input=false", "-auto-approve", "-parallelism=30");
  return folder;
}

async function plan({ id, change }: Case, base: Applied): Promise<string> {
  const folder = join(scratch, id);
  await cp(base.folder, folder, { recursive: true, filter: (path) => !path.endsWith(".terraform") });
  await symlink(join(base.folder, ".terraform"), join(folder, ".terraform"));
  const draft = structuredClone(await json(base.folder));
  change(draft);
  await writeFile(join(folder, "cdk.tf.json"), JSON.stringify(draft));
  const override = options.charts === undefined ? undefined : chartsOverride(draft, options.charts);
  if (override) await writeFile(join(folder, chartsOverrideFile), JSON.stringify(override));
  // Everything was applied a moment ago, and half of the time would go into looking at it again.
  const planned = { ...base, folder };
  await terraform(planned, "plan", "-input=false", "-lock=false", "-refresh=false", "-out=plan", "-parallelism=30");
  const { stdout } = await terraform(planned, "show", "-json", "plan");
  await rm(folder, { recursive: true });
  return stdout;
}

/** Plans of some cases of a base. A case that cannot be planned is said, and its plan stays as it was. */
async function plans(base: Base, wanted: readonly Case[]): Promise<Map<string, string>> {
  const made = new Map<string, string>();
  const there = await world(base === "delivery" ? "shared" : "prod");
  const folder = await folderOf(base, there);
  if (folder === undefined) console.log(`${base} could not be applied here: its plans are left as they are`);
  for (const one of folder === undefined ? [] : wanted) {
    const began = performance.now();
    try {
      made.set(one.id, await plan(one, { folder: folder ?? "", world: there }));
      console.log(`${one.id}  ${((performance.now() - began) / 1000).toFixed(1)} s`);
    } catch (error) {
      const { message } = error as Error;
      console.log(`${one.id}: ${/Error: .*/.exec(message)?.[0] ?? message.slice(0, 300)}`);
    }
  }
  return made;
}

await mkdir(plansFolder, { recursive: true });
const ids = new Set(cases.map(({ id }) => id));
const wanted = cases.filter(({ id }) => positionals.length === 0 || positionals.includes(id));
try {
  for (const base of new Set(wanted.map((one) => one.base)))
    await pack(
      base,
      await plans(
        base,
        wanted.filter((one) => one.base === base),
      ),
      ids,
    );
} finally {
  await rm(scratch, { recursive: true });
  if (!options.kept)
    for (const environment of ["prod", "shared"])
      await execa(process.execPath, ["cli/mainline.js", "rehearse", environment, "--stop"], { cwd: root, stdio: "inherit" });
}
