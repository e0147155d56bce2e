/** `mainline bootstrap <env>`: makes the state bucket and moves its own state into it. */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { allEnvironments, environmentNamed } from "../environments.ts";
import type { Io } from "../io.ts";

interface Options {
  readonly terraform?: string;
  readonly json?: boolean;
}

export function bootstrap(io: Io): Command {
  return new Command("bootstrap")
    .description("Make the state bucket and key of an environment; its own state moves into the bucket")
    .argument("<environment>", "for example dev")
    .option("--terraform <path>", "Terraform or OpenTofu; default: TERRAFORM_BINARY_NAME, terraform, tofu")
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      "\nUses your AWS credentials. Running it again changes nothing, and repairs a run that was cut off.\n\nExample:\n  $ AWS_PROFILE=dev mainline bootstrap dev",
    )
    .action(async (name: string, { terraform: wanted, json }: Options) => {
      const environment = environmentNamed(await allEnvironments(), name);
      const { sharedWith } = environment.state;
      if (sharedWith !== undefined) {
        if (json) io.out(JSON.stringify({ environment: name, sharedWith, changes: 0, adopted: [] }));
        else
          io.out(
            `${name} keeps its states in the bucket of ${sharedWith}; nothing to do. If that bucket is not there yet: mainline bootstrap ${sharedWith}`,
          );
        return;
      }
      const { bootstrapForReal } = await import("../../rehearsal/terraform/bootstrap-for-real.ts");
      const report = (step: string) => io.err(`  ${step}`);
      const scratch = await mkdtemp(join(tmpdir(), "mainline-"));
      const folder = join(io.root, ".mainline", "bootstrap", name);
      await mkdir(folder, { recursive: true });
      try {
        const result = await bootstrapForReal({
          environment,
          outdir: scratch,
          folder,
          wanted,
          user: io.env,
          signal: io.interrupts.first,
          hard: io.interrupts.second,
          report,
        });
        if (json) io.out(JSON.stringify({ environment: name, ...result }));
        else io.out(sentence(name, result));
      } finally {
        await rm(scratch, { recursive: true, force: true });
      }
    });
}

function sentence(name: string, { changes, adopted, bucket }: { changes: number; adopted: readonly string[]; bucket: string }): string {
  if (changes === 0) return `${name} is bootstrapped already: its states are in ${bucket}. Nothing was changed.`;
  const repaired = adopted.length > 0 ? ` Taken over from a run that was cut off: ${adopted.join(", ")}.` : "";
  return `${changes} changes; the states of ${name} are in ${bucket}.${repaired} Next: cdktf deploy ${name}-network`;
}
