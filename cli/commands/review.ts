/** `mainline review`: plans in, one report out, for people, programs and pull requests. */
import { Command, Option } from "commander";
import type { Review } from "../../review/review.ts";
import { allEnvironments } from "../environments.ts";
import type { Finish } from "../exit.ts";
import type { Io } from "../io.ts";
import { readPlans } from "../review/plans.ts";
import { postTo, targetOf } from "../review/post.ts";

interface Options {
  readonly markdown?: boolean;
  readonly html?: boolean;
  readonly json?: boolean;
  readonly terminal?: boolean;
  readonly output?: string;
  readonly overrides?: string;
  readonly post?: boolean;
  readonly repository?: string;
  readonly pullRequest?: string;
  readonly key: string;
}

const help = `
Plans are a folder that \`mainline plan --out\` wrote, or files of \`terraform show -json\`, each named after its stack (dev-network.json).
Exit codes: 0 nothing that needs approval, 2 approval needed or blocked (--json says which), 1 plans are missing or broken, 64 wrong usage.

Examples:
  $ mainline review plans                              what the plans come to, in the terminal
  $ mainline review plans --html --output review.html  a page to read or to keep as an artifact
  $ mainline review dev-network.json prod-network.json
  $ mainline review plans --post                       one comment in the pull request, edited in place; GITHUB_TOKEN posts it

How to read it, who decides what, how to override a block: docs/review.md`;

export function review(io: Io, finish: Finish): Command {
  const only = (flag: string, description: string, others: readonly string[]) => new Option(flag, description).conflicts([...others]);
  return new Command("review")
    .description("Say what plans would do, the worst first, and who has to approve it")
    .argument("<plans...>", "folder with plans.json, or files of terraform show -json")
    .addOption(only("--terminal", "for a terminal (the default)", ["markdown", "html", "json"]))
    .addOption(only("--markdown", "as comments of a pull request", ["html", "json"]))
    .addOption(only("--html", "as one page that loads nothing", ["json"]))
    .option("--json", "for programs; docs/review.schema.json")
    .option("--output <file>", "write it there and not to the terminal")
    .option("--overrides <file>", "blocks that somebody takes responsibility for; default: review-overrides.yaml, where there is one")
    .option("--post", "keep it as a comment of the pull request")
    .option("--repository <owner/name>", "with --post; default: GITHUB_REPOSITORY")
    .option("--pull-request <number>", "with --post; default: the pull request of the workflow run")
    .option("--key <word>", "with --post; tells several reviews of one pull request apart", "plans")
    .addHelpText("after", help)
    .action(async (paths: readonly string[], options: Options) => {
      // Before the work: a review that cannot be posted should not be waited for.
      const target = options.post ? await targetOf(options, io.env) : undefined;
      const result = await reviewed(paths, options, io);
      const text = await rendered(result, options, io);
      if (options.output !== undefined) {
        const { writeFile } = await import("node:fs/promises");
        await writeFile(options.output, `${text.trimEnd()}\n`);
      } else io.out(text.trimEnd());
      if (target !== undefined) io.err(await postTo(target, result, options.key));
      finish(result.verdict.kind === "allow" ? 0 : 2);
    });
}

async function reviewed(paths: readonly string[], { overrides }: Options, io: Io): Promise<Review> {
  const { defaultPolicy, policyOf, review: judge } = await import("../../review/index.ts");
  const { overridesIn } = await import("../review/overrides.ts");
  const plans = await readPlans(paths);
  const environments = (await allEnvironments()).map(({ name, profile }) => ({ name, profile }));
  return judge(plans, policyOf(defaultPolicy, environments), await overridesIn(overrides, io));
}

async function rendered(result: Review, { markdown, html, json }: Options, io: Io): Promise<string> {
  if (json) return (await import("../../review/render/json.ts")).json(result);
  if (html) return (await import("../../review/render/html.ts")).html(result);
  if (markdown) return (await import("../../review/render/markdown.ts")).markdown(result).join("\n");
  return (await import("../../review/render/terminal.ts")).terminal(result, io.colors);
}
