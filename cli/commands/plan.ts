/** `mainline plan`: plans of stacks, for people, reviews and applies. */
import { join, relative, resolve } from "node:path";
import { Command, Option } from "commander";
import type { PlanSpec } from "../../operations/plan/run.ts";
import { type Finish, UsageError } from "../exit.ts";
import type { Io } from "../io.ts";

interface Options {
  readonly affected?: boolean;
  readonly base?: string;
  readonly out?: string;
  readonly parallel: number;
  readonly terraform?: string;
  readonly json?: boolean;
}

const help = `
Uses your AWS credentials, and changes nothing. Stacks are planned in the order of their contracts, each against the state that was applied last;
one whose upstream was never applied is deferred. The folder gets <stack>.tfplan, <stack>.json and plans.json, which \`mainline review\` reads.
A plan holds the values of secrets in clear: keep the folder to yourself.

Exit codes: 0 no changes, 2 changes, 1 at least one stack could not be planned.

Examples:
  $ AWS_PROFILE=dev mainline plan dev-network
  $ AWS_PROFILE=dev mainline plan dev                        all stacks of dev
  $ mainline plan --affected --base origin/main --out plans  what this branch changes; what is gone is planned as a destroy
  $ AWS_PROFILE=dev mainline plan dev --affected --base origin/main   the same of one account`;

export function plan(io: Io, finish: Finish): Command {
  return new Command("plan")
    .description("Plan stacks in the order of their contracts, into files that a review reads")
    .argument("[stack...]", "stacks, for example dev-network, or environments, for example dev; with --affected: only of these")
    .option("--affected", "the stacks that the working tree changes; with --base")
    .option("--base <ref>", "branch, tag or commit that affected stacks are told from, for example origin/main")
    .option("--out <folder>", "where plans are written; default: .cache/plans")
    .addOption(new Option("--parallel <number>", "stacks at once").default(2).argParser(parallelism))
    .option("--terraform <path>", "Terraform or OpenTofu; default: TERRAFORM_BINARY_NAME, terraform, tofu")
    .option("--json", "print plans.json")
    .addHelpText("after", help)
    .action(async (names: readonly string[], options: Options) => {
      const what = whatToPlan(names, options);
      const { planStacks } = await import("../../operations/plan/run.ts");
      const { exitCodeOf, hasChanges } = await import("../../operations/plan/model.ts");
      const { planLines } = await import("../../operations/plan/table.ts");
      const { progressFor } = await import("../progress/progress.ts");
      const progress = progressFor(io, options.json === true);
      const out = options.out === undefined ? join(io.root, ".cache", "plans") : resolve(options.out);
      try {
        const set = await planStacks({
          ...{ root: io.root, cache: join(io.root, ".cache"), user: io.env, out, what },
          ...{ signal: io.interrupts.first, hard: io.interrupts.second, wanted: options.terraform },
          ...{ refreshOnly: false, parallel: options.parallel, now: () => new Date() },
          progress: progress.report,
          report: (step) => io.err(`  ${step}`),
        });
        await progress.end();
        if (options.json) io.out(JSON.stringify(set, undefined, 2));
        else {
          io.out("");
          for (const line of planLines(set)) io.out(line);
          const first = set.stacks.find(hasChanges);
          const near = (path: string) => relative(process.cwd(), path) || ".";
          if (first) {
            io.out(`  Review: mainline review ${near(out)}`);
            io.out(`  Apply: terraform -chdir=${near(join(io.root, ".cache", "work", first.id))} apply ${join(out, `${first.id}.tfplan`)}`);
          }
        }
        finish(exitCodeOf(set));
      } finally {
        await progress.end();
      }
    });
}

function whatToPlan(names: readonly string[], { affected, base }: Options): PlanSpec["what"] {
  if (affected && base === undefined) throw new UsageError("--affected needs --base <ref>, for example --base origin/main.");
  if (!affected && base !== undefined) throw new UsageError("--base is about --affected, which is not given.");
  if (affected && base !== undefined) return { base, only: names };
  if (names.length === 0) throw new UsageError("Which stacks? For example: mainline plan dev-network, or --affected --base origin/main.");
  return names;
}

/** A count of at least one. */
export function parallelism(text: string): number {
  if (/^[1-9]\d?$/.test(text)) return Number(text);
  throw new UsageError(`--parallel is "${text}"; it must be a number from 1 to 99.`);
}
