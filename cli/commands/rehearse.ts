/** `mainline rehearse`: applies an environment to an emulated AWS, plans it again, destroys it. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { Command, Option } from "commander";
import type { ExistingCluster } from "../../rehearsal/kubernetes/existing/kubeconfig.ts";
import type { RehearsalResult } from "../../rehearsal/report.ts";
import type { Base } from "../../rehearsal/run/spec.ts";
import type { Review } from "../../review/review.ts";
import { allEnvironments, environmentNamed } from "../environments.ts";
import { type Finish, UsageError } from "../exit.ts";
import type { Io } from "../io.ts";

interface Options {
  readonly only?: string;
  readonly require?: readonly string[];
  readonly charts?: string;
  readonly from?: string;
  readonly review?: string;
  readonly keep?: boolean;
  readonly stop?: boolean;
  readonly awsEndpoint?: string;
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly iKnow?: boolean;
  readonly terraform?: string;
  readonly json?: boolean;
}

const help = `
No AWS account is needed: an emulated AWS runs on this machine, and nothing outside of it is called but package registries.
Ctrl-C ends the run and everything that it started; a second one does so at once.

Examples:
  $ mainline rehearse                            apply dev, plan it again, destroy it
  $ mainline rehearse prod --only network        one stack of prod, and what it needs
  $ mainline rehearse dev --require addons       fail where the add-ons cannot be rehearsed here
  $ mainline rehearse dev --charts /srv/charts   charts from a folder of <chart>-<version>.tgz
  $ mainline rehearse dev --from origin/main     what a merge would do to an environment that is there already
  $ mainline rehearse dev --keep                 leave it running, for kubectl, aws, terraform
  $ mainline rehearse --stop                     end all that --keep left running; with an environment, only its own
  $ mainline rehearse dev --kubeconfig ~/.kube/config --context kind-mainline
                                                 with your own cluster behind the emulated EKS

With --kubeconfig, stacks install into that cluster and are destroyed there at the end, nodes are its own, and access policies are ClusterRoles and
bindings named "rehearsal:...", removed at the end. Only servers on loopback and private addresses are taken, unless --i-know is given.`;

export function rehearse(io: Io, finish: Finish): Command {
  return new Command("rehearse")
    .description("Apply an environment to an emulated AWS, plan it again, destroy it")
    .argument("[environment]", "which one; default: dev")
    .option("--only <stack>", "one stack and what it needs")
    .option(
      "--require <stack>",
      "fail where it is skipped, for example for want of its provider; may be repeated",
      (stack: string, others: readonly string[] = []) => [...others, stack],
    )
    .option("--charts <folder or URL>", "take charts from there: a folder of .tgz files, a Helm repository, or oci://")
    .option("--from <ref>", "apply that branch, tag or commit first, and the working tree on top of it")
    .option("--review <file>", "with --from: write the review of its plans there, as Markdown")
    .option("--keep", "leave everything applied and running, and say how to reach it")
    .addOption(
      new Option("--stop", "end what --keep left running").conflicts([
        "only",
        "require",
        "charts",
        "from",
        "keep",
        "awsEndpoint",
        "kubeconfig",
      ]),
    )
    .option("--aws-endpoint <url>", "another emulator in moto's place; it must be http")
    .option("--kubeconfig <file>", "your own cluster (for example kind) behind the emulated EKS, in place of a simulated one")
    .option("--context <name>", "of that kubeconfig; default: its current one")
    .option("--i-know", "with --kubeconfig: the server may be at a public address")
    .option("--terraform <path>", "Terraform or OpenTofu; default: TERRAFORM_BINARY_NAME, terraform, tofu")
    .option("--json", "print the result as JSON")
    .addHelpText("after", help)
    .action((given: string | undefined, options: Options) =>
      options.stop ? stop(io, given, options) : start(io, finish, given ?? "dev", options),
    );
}

async function start(io: Io, finish: Finish, given: string, options: Options): Promise<void> {
  if (options.review !== undefined && options.from === undefined)
    throw new UsageError("--review is about the plans of --from, which is not given.");
  if (options.awsEndpoint !== undefined) checkEndpoint(options.awsEndpoint);
  const charts = options.charts === undefined ? undefined : chartSource(options.charts);
  const existing = existingCluster(options);
  const environments = await allEnvironments();
  const environment = environmentNamed(environments, given);
  const { rehearse: run } = await import("../../rehearsal/run.ts");
  const words = await endingOf(options);
  const from = options.from === undefined ? undefined : await base(io, options.from);
  const { progressFor } = await import("../progress/progress.ts");
  const progress = progressFor(io, options.json === true);
  try {
    const { only, require, awsEndpoint, terraform, keep = false } = options;
    const result = await run({
      only,
      require,
      awsEndpoint,
      terraform,
      from,
      charts,
      existing,
      keep,
      environment,
      environments,
      cache: join(io.root, ".cache"),
      user: io.env,
      signal: io.interrupts.first,
      hard: io.interrupts.second,
      report: progress.report,
    });
    await progress.end();
    await tell(result, words, options, io);
    if (result.kept && existing && !options.json)
      io.out("  What the stacks installed in your own cluster stays there, also after --stop; delete the cluster to be rid of it.");
    finish(words.report.exitCode(result));
  } finally {
    await progress.end();
  }
}

/**
 * What a run ends with, imported before it begins: Ctrl-C in a terminal also ends the process that translates TypeScript, and whatever is
 * imported after that fails.
 */
async function endingOf({ from }: Options) {
  return {
    report: await import("../../rehearsal/report.ts"),
    upgrade: from === undefined ? undefined : await import("../rehearsal/upgrade.ts"),
  };
}
type Ending = Awaited<ReturnType<typeof endingOf>>;

/** The run's result in any case, also where its plans cannot be reviewed. */
async function tell(result: RehearsalResult, { report, upgrade }: Ending, { json, review: file }: Options, io: Io): Promise<void> {
  let review: Review | undefined;
  try {
    review = await upgrade?.reviewedUpgrade(result, io);
    if (review && !json) await upgrade?.printUpgrade(review, result, file, io);
  } finally {
    if (json) io.out(JSON.stringify({ ...result, review }, undefined, 2));
    else print(result, report, io);
  }
}

function print(result: RehearsalResult, report: Ending["report"], io: Io): void {
  const { clusterLines, cutLines, findings, lastLine, releasedLines, warningLines } = report;
  const { kept, stacks } = result;
  io.out("");
  if (result.kubernetes !== "" && stacks.some(({ stack }) => stack.endsWith("-cluster"))) io.out(`  ${result.kubernetes}`);
  for (const line of clusterLines(result.clusters)) io.out(`  ${line}`);
  for (const line of cutLines(stacks)) io.out(`  ${line}`);
  for (const line of releasedLines(result.released)) io.out(`  ${line}`);
  for (const line of warningLines(stacks)) io.out(`  ${io.colors.yellow("warning:")} ${line}`);
  for (const finding of findings(result)) io.out(`  ${io.colors.yellow("finding:")} ${finding}\n`);
  if (result.failure !== undefined) io.err(`${io.colors.red("error:")} ${result.failure}\n`);
  if (kept) {
    io.out("");
    io.out(`  It stays. To reach it with aws, terraform or cdktf:  . ${kept.environmentFile}`);
    if (result.clusters.length > 0) io.out(`  With kubectl, in any shell:  mainline kubeconfig ${result.environment} --rehearsed`);
    io.out("  To end it:  mainline rehearse --stop\n");
  }
  io.out(`  ${lastLine(result)}`);
}

async function base(io: Io, ref: string): Promise<Base> {
  const { baseOf } = await import("../../operations/base.ts");
  const report = (step: string) => io.err(`  ${step}`);
  return baseOf({ root: io.root, cache: join(io.root, ".cache"), user: io.env, signal: io.interrupts.first, report }, ref);
}

/** Of one environment, or of all. */
async function stop(io: Io, name: string | undefined, { json }: Options): Promise<void> {
  const environment = name === undefined ? undefined : environmentNamed(await allEnvironments(), name).name;
  const { listKept, stopKept } = await import("../../rehearsal/run/kept.ts");
  const { removeContexts } = await import("../../rehearsal/run/kubeconfig-file.ts");
  const cache = join(io.root, ".cache");
  const stopped = await stopKept(cache, environment);
  const running = (await listKept(cache)).map(({ id }) => id);
  const contexts = await removeContexts(cache, running);
  if (json) return io.out(JSON.stringify({ stopped, contexts }));
  io.out(
    stopped.length === 0
      ? `No kept rehearsal${environment === undefined ? "" : ` of ${environment}`} is running.`
      : `Ended ${stopped.join(", ")}; nothing is left of it.`,
  );
  if (contexts.length > 0) io.out(`Removed from the kubeconfig: ${contexts.join(", ")}.`);
}

/** An address as it is; a folder as an absolute path, since Terraform runs elsewhere. */
function chartSource(given: string): string {
  if (/^(https?|oci):\/\//.test(given)) return given;
  const folder = resolve(given);
  if (existsSync(folder)) return folder;
  throw new UsageError(`--charts is "${given}", which is neither a folder nor an address (https://, http:// or oci://).`);
}

function existingCluster({ kubeconfig, context, iKnow = false }: Options): ExistingCluster | undefined {
  if (kubeconfig !== undefined) return { kubeconfig: resolve(kubeconfig), ...(context === undefined ? {} : { context }), anywhere: iKnow };
  if (context === undefined && !iKnow) return undefined;
  throw new UsageError(`${context === undefined ? "--i-know" : "--context"} is about the cluster of --kubeconfig, which is not given.`);
}

function checkEndpoint(endpoint: string): void {
  if (URL.canParse(endpoint) && new URL(endpoint).protocol === "http:") return;
  throw new UsageError(`--aws-endpoint is "${endpoint}"; it must be the http URL of an emulator, for example http://127.0.0.1:4566`);
}
