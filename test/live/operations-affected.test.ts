/** `affected` with real git and real child processes, on a repository whose synth is a few lines. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, jest, test } from "@jest/globals";
import { affectedBetween, type Refs } from "../../operations/affected/between.ts";
import { patience, root } from "./command.ts";

jest.setTimeout(patience);

const scratch = mkdtempSync(join(tmpdir(), "mainline-affected-"));
let count = 0;
let repository: string;
/** The project within it. */
let project: string;
let reports: string[];

/** Writes one stack per key of stacks.json, as cdktf does; with credentials in its environment it would fail. */
const main = `
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
const out = process.env.CDKTF_OUTDIR ?? "";
const leaked = Object.keys(process.env).filter((name) => /^AWS_(ACCESS|SECRET|PROFILE)|^TOKEN$/.test(name));
const { slow, broken, ...stacks } = JSON.parse(readFileSync("stacks.json", "utf8"));
if (leaked.length > 0) throw new Error("leaked " + leaked);
if (broken) throw new Error("environments/dev.ts has 1 problem");
if (slow) await new Promise((resolve) => setTimeout(resolve, 600_000));
const manifest = {};
for (const [name, text] of Object.entries(stacks)) {
  const json = { terraform: { backend: { s3: { bucket: "b", key: "dev/" + name + ".tfstate" } }, required_providers: { aws: { source: "aws" } } }, provider: {}, output: { text: { value: text } } };
  mkdirSync(out + "/stacks/dev-" + name, { recursive: true });
  writeFileSync(out + "/stacks/dev-" + name + "/cdk.tf.json", JSON.stringify(json));
  manifest["dev-" + name] = { synthesizedStackPath: "stacks/dev-" + name + "/cdk.tf.json", dependencies: [] };
}
writeFileSync(out + "/manifest.json", JSON.stringify({ stacks: manifest }));
export {};
`;

const author = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"];
const git = (...args: readonly string[]) =>
  execFileSync("git", [...author, ...args], { cwd: repository, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
const write = (stacks: object) => writeFileSync(join(project, "stacks.json"), JSON.stringify(stacks));
const commit = (stacks: object) => {
  write(stacks);
  git("add", "--all");
  git("commit", "--quiet", "--message", "c");
};

const user = {
  PATH: process.env.PATH,
  HOME: scratch,
  AWS_ACCESS_KEY_ID: "mine",
  AWS_SECRET_ACCESS_KEY: "mine",
  AWS_PROFILE: "mine",
  TOKEN: "mine",
};
const never = new AbortController().signal;

async function affected(more: Partial<Refs> & Pick<Refs, "base">) {
  const report = (step: string) => reports.push(step);
  const compared = await affectedBetween({ root: project, cache: join(project, ".cache"), user, signal: never, report, only: [], ...more });
  return compared.affected.map(({ id, change }) => `${change} ${id}`);
}

/** Folders of work that should be gone. */
const left = () =>
  existsSync(join(project, ".cache/refs")) ? readdirSync(join(project, ".cache/refs")).filter((name) => name.startsWith(".")) : [];

beforeEach(() => {
  repository = join(scratch, `repository-${count++}`);
  project = join(repository, "infra"); // a part of a repository is as good as a whole one
  reports = [];
  mkdirSync(project, { recursive: true });
  writeFileSync(join(project, "main.ts"), main);
  writeFileSync(join(project, "package.json"), '{"type":"module"}');
  writeFileSync(join(project, ".gitignore"), ".cache/\nnode_modules\n");
  symlinkSync(join(root, "node_modules"), join(project, "node_modules"));
  git("init", "--quiet", "--initial-branch=main");
  commit({ network: "a", cluster: "a" });
});
afterAll(() => rmSync(scratch, { recursive: true }));

test("the working tree with what is not committed; the base is synthesized once, without credentials", async () => {
  const objects = git("count-objects");
  expect(await affected({ base: "main" })).toEqual([]);
  write({ network: "b", cluster: "a" });
  expect(await affected({ base: "main" })).toEqual(["changed dev-network"]);
  expect(reports.filter((step) => step.startsWith("synthesizing"))).toHaveLength(1);
  const synths = () => readdirSync(join(project, ".cache/refs")).length;
  const before = synths();
  expect(await affected({ base: "main" })).toEqual(["changed dev-network"]);
  expect(synths()).toBe(before); // the same files again
  write({ network: "a", cluster: "c" });
  expect(await affected({ base: "main" })).toEqual(["changed dev-cluster"]);
  expect([git("status", "--porcelain"), git("count-objects")]).toEqual(["M infra/stacks.json", objects]);
  expect([left(), git("worktree", "list").split("\n").length]).toEqual([[], 1]);
});

test("two refs; what was done on the base since the head left it is not part of the change", async () => {
  git("switch", "--quiet", "--create", "feature");
  commit({ network: "a", cluster: "b", addons: "new" });
  git("switch", "--quiet", "main");
  commit({ network: "other", cluster: "a" });
  expect(await affected({ base: "main", head: "feature" })).toEqual(["changed dev-cluster", "added dev-addons"]);
  expect(await affected({ base: "feature", head: "main" })).toEqual(["changed dev-network"]);
});

test("of some stacks alone, by id or environment; one that is gone can be asked for, a name that is not there is refused", async () => {
  commit({ network: "a", cluster: "a", edge: "a" });
  commit({ network: "b", cluster: "b", addons: "new" });
  expect(await affected({ base: "HEAD~1", only: ["dev-edge", "dev-network"] })).toEqual(["changed dev-network", "removed dev-edge"]);
  expect(await affected({ base: "HEAD~1", only: ["dev"] })).toHaveLength(4);
  await expect(affected({ base: "HEAD~1", only: ["prod"] })).rejects.toThrow(/no stack or environment "prod"/);
});

test("a lock file that holds a provider to another version affects the stacks that use it", async () => {
  const lock = (version: string) =>
    writeFileSync(
      join(project, ".terraform.lock.hcl"),
      `provider "registry.terraform.io/hashicorp/aws" {\n  version = "${version}"\n  hashes = ["h1:x"]\n}\n`,
    );
  lock("6.25.0");
  commit({ network: "a" });
  lock("6.26.0");
  expect(await affected({ base: "main" })).toEqual(["changed dev-network"]);
});

test.each<[string, () => void, string, RegExp]>([
  ["a ref that is not there", () => {}, "nope", /no commit "nope" here\. git fetch/],
  ["a remote branch that was not fetched", () => {}, "origin/main", /git fetch origin main/],
  ["something that looks like an option", () => {}, "--all", /no commit "--all" here/],
  [
    "a synth of the working tree that fails, in its own words",
    () => write({ broken: true }),
    "main",
    /synth of the working tree failed[\s\S]*environments\/dev\.ts has 1 problem/,
  ],
  ["a folder that is no checkout", () => rmSync(join(repository, ".git"), { recursive: true }), "main", /is not a git checkout/],
])("is refused, and leaves nothing: %s", async (_, prepare, base, message) => {
  prepare();
  await expect(affected({ base })).rejects.toThrow(message);
  expect(left()).toEqual([]);
});

test("a shallow clone is told with the remedy", async () => {
  commit({ network: "b" });
  const clone = join(scratch, `clone-${count}`);
  git("clone", "--quiet", "--depth=1", `file://${repository}`, clone);
  await expect(affected({ base: "HEAD~1", root: join(clone, "infra"), cache: join(clone, ".cache") })).rejects.toThrow(
    /shallow.*fetch-depth: 0/,
  );
});

test("Ctrl-C ends the synths and leaves nothing", async () => {
  commit({ network: "a", slow: true });
  const controller = new AbortController();
  const run = affected({ base: "main", signal: controller.signal, report: () => controller.abort() });
  await expect(run).rejects.toThrow("Interrupted");
  expect(left()).toEqual([]);
});
