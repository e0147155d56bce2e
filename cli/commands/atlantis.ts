/** `mainline atlantis`: atlantis.yaml for the stacks that a pull request affects, and the gate between its plans and applies. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { allEnvironments, environmentNamed } from "../environments.ts";
import { UsageError } from "../exit.ts";
import type { Io } from "../io.ts";

interface Options {
  readonly base?: string;
  readonly environment?: readonly string[];
  readonly output: string;
  readonly folder: string;
  readonly json?: boolean;
}

const help = `
Both the base and this checkout are synthesized, and only stacks whose Terraform changes are listed, with those that read them. They are ordered
by environment and by what they need. A stack that is gone from the code is listed with a configuration that destroys it.

It fails closed: the list is empty until the stacks are known, so Atlantis never plans what it finds by itself. What Terraform and the review left in
the folder of a stack stays where the stack is the same as before: its plan may still be applied.

Examples:
  $ mainline atlantis --base origin/main                       all environments
  $ mainline atlantis --environment dev                        in a hook of dev's own Atlantis: the base is origin/$BASE_BRANCH_NAME`;

export function atlantis(io: Io): Command {
  const command = write(io);
  for (const add of [review, verify]) command.addCommand(add(io).copyInheritedSettings(command));
  return command;
}

function write(io: Io): Command {
  return new Command("atlantis")
    .description("Write atlantis.yaml for the stacks that a pull request affects")
    .option("--base <ref>", "branch that the pull request is for; default: origin/$BASE_BRANCH_NAME, as Atlantis sets it")
    .option(
      "--environment <name>",
      "only stacks of this one; may be repeated; default: all",
      (name: string, others: readonly string[] = []) => [...others, name],
    )
    .option("--output <file>", "what to write", "atlantis.yaml")
    .option("--folder <folder>", "where the stacks are written that it points to", "cdktf.out/atlantis")
    .option("--json", "print the affected stacks as JSON")
    .addHelpText("after", help)
    .action(async ({ base = fromAtlantis(io), environment, output, folder, json }: Options) => {
      const { generate } = await import("../../operations/atlantis/generate.ts");
      const { writeAtlantis } = await import("../../operations/atlantis/write.ts");
      const { terraform } = await import("../../environments/versions.ts");
      const report = (step: string) => io.err(`  ${step}`);
      const place = { root: io.root, cache: join(io.root, ".cache"), user: io.env, signal: io.interrupts.first, report };
      const files = { config: join(io.root, output), stacks: join(io.root, folder) };
      const { config, affected } = await writeAtlantis(files, async (before) => {
        const all = await allEnvironments();
        const environments = all.map(({ name }) => name);
        const only = environment?.map((name) => environmentNamed(all, name).name) ?? [];
        return generate({ refs: { ...place, base, only }, environments, folder, before, terraform });
      });
      if (json) return io.out(JSON.stringify({ file: output, affected, config }, undefined, 2));
      for (const { name, execution_order_group } of config.projects) {
        const stack = affected.find(({ id }) => id === name);
        io.out(`  ${String(execution_order_group).padStart(4)}  ${name.padEnd(24)}  ${stack?.change}: ${stack?.because}`);
      }
      io.out(
        config.projects.length === 0 ? `  No stack is affected; ${output} lists none.` : `  ${output} lists ${config.projects.length}.`,
      );
    });
}

interface Gate {
  readonly plan: string;
  readonly stack: string;
}

interface Reviewed extends Gate {
  readonly shown: string;
  readonly overrides?: string;
}

const gate = (name: string) =>
  new Command(name)
    .requiredOption("--plan <file>", "Terraform's plan file; in a step of Atlantis, $PLANFILE")
    .requiredOption("--stack <id>", "for example dev-network; in a step of Atlantis, $PROJECT_NAME");

function review(io: Io): Command {
  return gate("review")
    .description("A step of Atlantis's plan: print the review, and note beside the plan file what it said")
    .requiredOption(
      "--shown <file>",
      "the plan by terraform show -json; in a step of Atlantis, $SHOWFILE; it is removed, since it holds secrets",
    )
    .option("--overrides <file>", "blocks that somebody takes responsibility for; default: review-overrides.yaml, where there is one")
    .addHelpText(
      "after",
      `\nExample, after Atlantis's own step "show":\n  $ mainline atlantis review --plan "$PLANFILE" --shown "$SHOWFILE" --stack "$PROJECT_NAME"`,
    )
    .action(async ({ plan, stack, shown, overrides }: Reviewed) => {
      const { reviewPlan } = await import("../../operations/atlantis/gate.ts");
      const { overridesIn } = await import("../review/overrides.ts");
      const { defaultPolicy, policyOf } = await import("../../review/index.ts");
      const { stackOf } = await import("../../review/plan-set.ts");
      const { markdown } = await import("../../review/render/markdown.ts");
      const environments = (await allEnvironments()).map(({ name, profile }) => ({ name, profile }));
      const policy = policyOf(defaultPolicy, environments);
      const result = await reviewPlan(
        { plan, shown },
        { ...stackOf(stack), source: stack },
        policy,
        await overridesIn(written(overrides), io),
      );
      io.out(markdown(result).join("\n").trimEnd());
    });
}

/** Atlantis's step names the file of every pull request, and most have none. */
function written(overrides: string | undefined): string | undefined {
  return overrides !== undefined && existsSync(overrides) ? overrides : undefined;
}

function verify(io: Io): Command {
  return gate("verify")
    .description("The first step of Atlantis's apply: fail unless this plan file is what was reviewed, and was not blocked")
    .addHelpText("after", `\nExample:\n  $ mainline atlantis verify --plan "$PLANFILE" --stack "$PROJECT_NAME"`)
    .action(async ({ plan, stack }: Gate) => {
      const { verifyPlan } = await import("../../operations/atlantis/gate.ts");
      const verdict = await verifyPlan({ plan, stack });
      io.out(
        verdict.kind === "approval"
          ? `Reviewed. Asked for: approval by ${verdict.groups.join(", ")}.`
          : "Reviewed; nothing stands against it.",
      );
    });
}

/** Atlantis tells its hooks the base branch; with `--checkout-strategy merge` the checkout is made of it. */
function fromAtlantis({ env }: Io): string {
  if (env.BASE_BRANCH_NAME) return `origin/${env.BASE_BRANCH_NAME}`;
  throw new UsageError("Say what the pull request is compared with: --base origin/main. In a hook of Atlantis, BASE_BRANCH_NAME does.");
}
