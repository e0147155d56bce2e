/**
 * `mainline <command>`: a table of commands. Each parses, calls, prints; what it does is elsewhere, and imported when it is run: every import
 * here is paid by every command, `--help` included.
 */
import { Command } from "commander";
import { affected } from "./commands/affected.ts";
import { atlantis } from "./commands/atlantis.ts";
import { bootstrap } from "./commands/bootstrap.ts";
import { destroy } from "./commands/destroy.ts";
import { doctor } from "./commands/doctor.ts";
import { drift } from "./commands/drift.ts";
import { kubeconfig } from "./commands/kubeconfig.ts";
import { plan } from "./commands/plan.ts";
import { rehearse } from "./commands/rehearse.ts";
import { review } from "./commands/review.ts";
import { synth } from "./commands/synth.ts";
import { type ExitCode, tell } from "./exit.ts";
import { type Io, processIo } from "./io.ts";

const commands = [doctor, synth, rehearse, bootstrap, kubeconfig, affected, plan, drift, destroy, atlantis, review];

/** Runs one command line and returns its exit code. Never rejects. */
export async function main(argv: readonly string[], io: Io = processIo()): Promise<ExitCode> {
  let code: ExitCode = 0;
  const program = new Command("mainline")
    .description("A whole EKS platform as small Terraform CDK stacks, rehearsed before it is real")
    .configureOutput({ writeOut: (text) => io.out(text.trimEnd()), writeErr: (text) => io.err(text.trimEnd()) })
    .configureHelp({ helpWidth: 120 })
    .exitOverride()
    .helpCommand(false)
    .addHelpText(
      "after",
      "\nExit codes: 0 fine, 1 failed, 2 changes or findings, 64 wrong usage.\n`mainline <command> --help` shows examples.",
    );
  for (const add of commands) {
    const command = add(io, (value) => {
      code = value;
    });
    program.addCommand(command.copyInheritedSettings(program));
  }
  try {
    if (argv.length === 0) program.outputHelp();
    else await program.parseAsync(argv, { from: "user" });
    return code;
  } catch (error) {
    return tell(error, io);
  }
}
