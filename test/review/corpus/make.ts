/**
 * Makes the plans of the corpus: prod is rehearsed and kept, each case changes a copy of a stack's JSON, the real Terraform plans it, and
 * `terraform show -json` is stored. Run by hand when cases are added:
 *   node --import tsx test/review/corpus/make.ts [--charts <folder>] [--kept] [case…]
 * A folder of charts must have metrics-server 3.12.0 and 3.13.2 and eck-operator 4.0.0, beside those of prod. `--kept` takes a rehearsal of
 * prod that is running, and leaves it running; `--scratch` goes on in the folder of a run that was interrupted. Where the Helm provider is not to be had, cases of add-ons are left as they are, and said.
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

async function world(): Promise<KeptWorld> {
  if (!options.kept) {
    const args = ["rehearse", "prod", "--only", "addons", "--keep", ...(options.charts === undefined ? [] : ["--charts", options.charts])];
    await execa(process.execPath, ["cli/mainline.js", ...args], { cwd: root, stdio: "inherit" });
  }
  const found = (await listKept(cache)).find(({ environment }) => environment === "prod");
  if (!found) throw new Error("no rehearsal of prod is running");
  return found;
}

const { id: run, variables } = await world();
const { PATH = "", HOME = "" } = process.env;
const env = { PATH, HOME, TF_IN_AUTOMATION: "1", CHECKPOINT_DISABLE: "1", ...variables };
const terraform = (folder: string, ...args: readonly string[]) =>
  execa("terraform", args, { cwd: folder, env, extendEnv: false, maxBuffer: 1e9 });
const scratch = options.scratch ?? (await mkdtemp(join(tmpdir(), "mainline-corpus-")));
const json = async (folder: string) => JSON.parse(await readFile(join(folder, "cdk.tf.json"), "utf8")) as Draft;

/** Folder of an applied stack, initialized; undefined where it was not applied. */
async function folderOf(base: Base): Promise<string | undefined> {
  if (base === "sample") return samplePlace();
  const stacks = join(cache, "runs", run, "cdktf.out/stacks");
  const folder = base === "state" ? join(cache, "runs", run, "bootstrap") : join(stacks, `prod-${base}`);
  return existsSync(join(folder, ".terraform")) ? folder : undefined;
}

async function samplePlace(): Promise<string> {
  const folder = join(scratch, "sample");
  if (existsSync(join(scratch, "sample.tfstate"))) return folder;
  const { terraform: settings, provider } = await json(join(cache, "runs", run, "cdktf.out/stacks/prod-network"));
  const local = { ...settings, backend: { local: { path: join(scratch, "sample.tfstate") } } };
  await mkdir(folder);
  await writeFile(join(folder, "cdk.tf.json"), JSON.stringify({ terraform: local, provider: { aws: provider.aws }, ...sample }));
  await terraform(folder, "init", "-input=false");
  await terraform(folder, "apply", "-input=false", "-auto-approve", "-parallelism=30");
  return folder;
}

async function plan({ id, change }: Case, base: string): Promise<void> {
  const folder = join(scratch, id);
  await cp(base, folder, { recursive: true, filter: (path) => !path.endsWith(".terraform") });
  await symlink(join(base, ".terraform"), join(folder, ".terraform"));
  const draft = structuredClone(await json(base));
  change(draft);
  await writeFile(join(folder, "cdk.tf.json"), JSON.stringify(draft));
  const override = options.charts === undefined ? undefined : chartsOverride(draft, options.charts);
  if (override) await writeFile(join(folder, chartsOverrideFile), JSON.stringify(override));
  // Everything was applied a moment ago, and half of the time would go into looking at it again.
  await terraform(folder, "plan", "-input=false", "-lock=false", "-refresh=false", "-out=plan", "-parallelism=30");
  const { stdout } = await terraform(folder, "show", "-json", "plan");
  await pack(id, stdout);
  await rm(folder, { recursive: true });
}

await mkdir(plansFolder, { recursive: true });
const wanted = cases.filter(({ id }) => positionals.length === 0 || positionals.includes(id));
try {
  for (const base of new Set(wanted.map((one) => one.base))) {
    const folder = await folderOf(base);
    for (const one of wanted.filter((other) => other.base === base)) {
      if (folder === undefined) console.log(`${one.id}: left as it is, ${base} could not be applied here`);
      else {
        const began = performance.now();
        await plan(one, folder).then(
          () => console.log(`${one.id}  ${((performance.now() - began) / 1000).toFixed(1)} s`),
          (error: Error) => console.log(`${one.id}: ${/Error: .*/.exec(error.message)?.[0] ?? error.message.slice(0, 300)}`),
        );
      }
    }
  }
} finally {
  await rm(scratch, { recursive: true });
  if (!options.kept) await execa(process.execPath, ["cli/mainline.js", "rehearse", "prod", "--stop"], { cwd: root, stdio: "inherit" });
}
