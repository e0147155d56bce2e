/** `mainline drift [environment…]`: what somebody changed behind Terraform's back. */
import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Command, Option } from "commander";
import { UserError } from "../../environments/user-error.ts";
import type { DriftReport } from "../../operations/drift/tell.ts";
import { allEnvironments } from "../environments.ts";
import { type Finish, UsageError } from "../exit.ts";
import type { Io } from "../io.ts";
import { parallelism } from "./plan.ts";

interface Options {
  readonly slack?: string;
  readonly out?: string;
  readonly parallel: number;
  readonly terraform?: string;
  readonly json?: boolean;
}

const help = `
Uses your AWS credentials, changes nothing and takes no lock. What AWS fills in by itself, and what a controller owns, is left out; edits of
who may do what, what is open, encrypted, kept or recorded come first. A stack that was never applied is passed over.

Exit codes: 0 nothing differs, 2 something does, 1 a stack could not be looked at.

Examples:
  $ AWS_PROFILE=dev mainline drift dev
  $ mainline drift dev-network dev-cluster --json
  $ mainline drift prod --slack https://hooks.slack.com/services/T0/B0/x    posts where something differs or failed
  $ mainline drift prod --slack drift.json                                  writes the same payload`;

export function drift(io: Io, finish: Finish): Command {
  return new Command("drift")
    .description("Find what was changed behind Terraform's back")
    .argument("[environment...]", "environments or stacks; default: all")
    .option("--slack <file or URL>", "write the message for Slack to a file, or post it to an incoming webhook")
    .option("--out <folder>", "where the plans are written; default: .cache/drift")
    .addOption(new Option("--parallel <number>", "stacks at once").default(2).argParser(parallelism))
    .option("--terraform <path>", "Terraform or OpenTofu; default: TERRAFORM_BINARY_NAME, terraform, tofu")
    .option("--json", "print the result as JSON")
    .addHelpText("after", help)
    .action(async (names: readonly string[], options: Options) => {
      const send = options.slack === undefined ? undefined : slackTo(options.slack);
      const environments = await allEnvironments();
      const what = names.length > 0 ? names : environments.map(({ name }) => name);
      const { findDrift } = await import("../../operations/drift/run.ts");
      const { driftLines, exitCodeOf } = await import("../../operations/drift/tell.ts");
      const { progressFor } = await import("../progress/progress.ts");
      const progress = progressFor(io, options.json === true);
      try {
        const found = await findDrift({
          ...{ root: io.root, cache: join(io.root, ".cache"), user: io.env, what },
          ...{ signal: io.interrupts.first, hard: io.interrupts.second, wanted: options.terraform },
          ...{ parallel: options.parallel, now: () => new Date(), out: resolve(options.out ?? join(io.root, ".cache", "drift")) },
          progress: progress.report,
          report: (step) => io.err(`  ${step}`),
        });
        await progress.end();
        const { set, drifted, plans } = found;
        const { defaultPolicy, policyOf, review } = await import("../../review/index.ts");
        const reviewed = review(plans, policyOf(defaultPolicy, environments));
        if (options.json) {
          const { json } = await import("../../review/render/json.ts");
          io.out(JSON.stringify({ stacks: set.stacks, drifted, review: JSON.parse(json(reviewed)) }, undefined, 2));
        } else {
          io.out("");
          for (const line of driftLines(found)) io.out(line);
          // What the changes mean, by the same detectors and words as for a pull request.
          const { terminal } = await import("../../review/render/terminal.ts");
          if (drifted.length > 0) io.out(`\n${terminal(reviewed, io.colors)}`);
        }
        await send?.(found, exitCodeOf(found) !== 0);
        finish(exitCodeOf(found));
      } finally {
        await progress.end();
      }
    });
}

/** Where the message goes; a webhook is only troubled where there is something to say. */
function slackTo(target: string): (report: DriftReport, worthTelling: boolean) => Promise<void> {
  if (/^http:/.test(target))
    throw new UsageError("--slack must be an https address or a file: whoever reads a webhook's address can post.");
  return async (report, worthTelling) => {
    const { slackPayload } = await import("../../operations/drift/tell.ts");
    const body = JSON.stringify(slackPayload(report));
    if (!target.startsWith("https:")) return writeFile(resolve(target), `${body}\n`);
    if (!worthTelling) return;
    const answer = await fetch(target, { method: "POST", headers: { "content-type": "application/json" }, body }).catch(
      (error: Error) => error,
    );
    if (answer instanceof Error || !answer.ok) {
      const why = answer instanceof Error ? answer.message : `it answered ${answer.status}`;
      throw new UserError(`The message did not reach Slack: ${why}. The result above stands; check the webhook's address.`);
    }
  };
}
