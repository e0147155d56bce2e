/** `mainline synth`: writes the Terraform JSON. */
import { Command } from "commander";
import { allEnvironments, environmentNamed } from "../environments.ts";
import type { Io } from "../io.ts";

interface Options {
  readonly output?: string;
  readonly json?: boolean;
}

export function synth(io: Io): Command {
  return new Command("synth")
    .description("Write the Terraform JSON of every stack, after the guardrails")
    .argument("[environment]", "one environment; default: all")
    .option("--output <folder>", "where to write; default: CDKTF_OUTDIR or cdktf.out")
    .option("--json", "print the stacks as JSON")
    .addHelpText("after", "\nExample:\n  $ mainline synth dev\n  $ terraform -chdir=cdktf.out/stacks/dev-network init")
    .action(async (name: string | undefined, { output, json }: Options) => {
      const began = performance.now();
      const all = await allEnvironments();
      const environments = name === undefined ? all : [environmentNamed(all, name)];
      const { synthesize } = await import("../../stacks/synth.ts");
      const { outdir, stacks } = synthesize(environments, { outdir: output });
      const seconds = (performance.now() - began) / 1000;
      const { synthWarnings } = await import("../../rehearsal/run/stacks.ts");
      const warnings = await synthWarnings(outdir);
      const ids = stacks.map(({ node }) => node.id);
      if (json) io.out(JSON.stringify({ outdir, stacks: ids, warnings: Object.fromEntries(warnings), seconds }));
      else {
        for (const id of ids) io.out(`  ${outdir}/stacks/${id}/cdk.tf.json`);
        for (const [id, texts] of warnings) for (const text of texts) io.err(`  ${io.colors.yellow("warning:")} ${id}: ${text}`);
        io.out(`\n  ${ids.length} stacks of ${environments.map((environment) => environment.name).join(", ")} in ${seconds.toFixed(1)} s`);
      }
    });
}
