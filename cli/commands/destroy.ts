/** `mainline destroy <stack>`: after an order check, with what is lost, what controllers left, and a question. */
import { join } from "node:path";
import { Command } from "commander";
import type { Prospect } from "../../operations/destroy/tell.ts";
import { allEnvironments } from "../environments.ts";
import { type Finish, UsageError } from "../exit.ts";
import type { Io } from "../io.ts";

interface Options {
  readonly confirm?: string;
  readonly iKnow?: boolean;
  readonly dryRun?: boolean;
  readonly terraform?: string;
  readonly json?: boolean;
}

const help = `
Uses your AWS credentials. Nothing is changed before the name of the environment is typed. What load balancer controller, CSI drivers, CNI and
Karpenter made in AWS, and records of external-dns, are in no state: they are found by their tags, listed, and deleted along with the stack.

Exit codes: 0 destroyed, or nothing to do; 2 --dry-run found something to destroy; 1 refused or failed.

Examples:
  $ AWS_PROFILE=dev mainline destroy dev-addons --dry-run     what would be lost
  $ AWS_PROFILE=dev mainline destroy dev-addons
  $ AWS_PROFILE=dev mainline destroy dev-addons --confirm dev  for scripts`;

export function destroy(io: Io, finish: Finish): Command {
  return new Command("destroy")
    .description("Destroy one stack, and what controllers left beside it")
    .argument("<stack>", "for example dev-addons")
    .option("--confirm <environment>", "the name that would be typed, for scripts")
    .option("--i-know", "the environment may be a production one")
    .option("--dry-run", "show what would be lost, and change nothing")
    .option("--terraform <path>", "Terraform or OpenTofu; default: TERRAFORM_BINARY_NAME, terraform, tofu")
    .option("--json", "print the result as JSON; needs --confirm or --dry-run")
    .addHelpText("after", help)
    .action(async (stack: string, options: Options) => {
      const { confirm, iKnow = false, dryRun = false, json = false, terraform: wanted } = options;
      if (json && !dryRun && confirm === undefined) throw new UsageError("--json asks nobody. Give --confirm <environment>, or --dry-run.");
      const environments = await allEnvironments();
      const { destroyStack } = await import("../../operations/destroy/run.ts");
      const { ask } = await import("../ask.ts");
      const { prospectLines, question } = await import("../../operations/destroy/tell.ts");
      const answer = async (prospect: Prospect): Promise<boolean> => {
        if (!json) for (const line of ["", ...prospectLines(prospect), ""]) io.out(line);
        if (dryRun) return false;
        const instead = `Scripts give the answer beforehand: mainline destroy ${prospect.id} --confirm ${prospect.environment}`;
        const typed = confirm ?? (await ask(io, question(prospect), instead));
        if (typed === prospect.environment) return true;
        throw new UsageError(`"${typed}" is not ${prospect.environment}. Nothing was changed.`);
      };
      const { outcome, prospect } = await destroyStack({
        ...{ root: io.root, cache: join(io.root, ".cache"), user: io.env, stack, environments, iKnow, wanted },
        ...{ signal: io.interrupts.first, hard: io.interrupts.second, ask: answer },
        report: (step) => io.err(`  ${step}`),
      });
      if (json) io.out(JSON.stringify({ outcome, ...prospect }, undefined, 2));
      else io.out(`${sentences[outcome]}: ${stack}`);
      finish(outcome === "declined" ? 2 : 0);
    });
}

const sentences = {
  destroyed: "Destroyed",
  declined: "Nothing was changed",
  "nothing to do": "Nothing to destroy",
} as const;
