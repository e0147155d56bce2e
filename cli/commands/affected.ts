/** `mainline affected --base <ref>`: which stacks a change affects. */
import { join } from "node:path";
import { Command, Option } from "commander";
import type { Finish } from "../exit.ts";
import type { Io } from "../io.ts";

interface Options {
  readonly base: string;
  readonly head?: string;
  readonly json?: boolean;
  readonly matrix?: boolean;
}

const help = `
Both sides are synthesized and their JSON is compared, so that only stacks count whose Terraform changes. The base is where the head left it.
A stack is to be planned again where it reads a value of another that may change.

Exit codes: 0 no stack is affected, 2 some are, 1 it could not be found out.

Examples:
  $ mainline affected --base origin/main                   the working tree, with what is not committed
  $ mainline affected dev prod-network --base origin/main   of these alone
  $ mainline affected --base v1.4.0 --head v1.5.0 --json
  $ mainline affected --base origin/main --matrix          {"include":[{"stack":"dev-network","environment":"dev","reason":"changed","order":1}]}`;

export function affected(io: Io, finish: Finish): Command {
  return new Command("affected")
    .description("Name the stacks whose Terraform a change affects, in order")
    .argument("[stack...]", "only these stacks, for example dev-network, or environments, for example dev; default: all")
    .requiredOption("--base <ref>", "branch, tag or commit to compare with, for example origin/main")
    .option("--head <ref>", "branch, tag or commit; default: the working tree, with what is not committed")
    .option("--json", "print the result as JSON")
    .addOption(new Option("--matrix", "print it as a matrix of GitHub Actions").conflicts("json"))
    .addHelpText("after", help)
    .action(async (only: readonly string[], { base, head, json, matrix }: Options) => {
      const { affectedBetween } = await import("../../operations/affected/between.ts");
      const { affectedJson, affectedLines, matrixOf } = await import("../../operations/affected/tell.ts");
      const place = { root: io.root, cache: join(io.root, ".cache"), user: io.env, signal: io.interrupts.first };
      const compared = await affectedBetween({ ...place, base, head, only, report: (step) => io.err(`  ${step}`) });
      if (matrix) io.out(JSON.stringify(matrixOf(compared.affected)));
      else if (json) io.out(JSON.stringify(affectedJson(compared), undefined, 2));
      else for (const line of affectedLines(compared)) io.out(line);
      finish(compared.affected.length === 0 ? 0 : 2);
    });
}
