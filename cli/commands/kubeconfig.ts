/** `mainline kubeconfig <env>`: lets kubectl reach the environment's cluster. */
import { join } from "node:path";
import { Command } from "commander";
import { execa } from "execa";
import { UserError } from "../../environments/user-error.ts";
import { clusterName } from "../../modules/naming.ts";
import { allEnvironments, environmentNamed } from "../environments.ts";
import type { Io } from "../io.ts";

interface Options {
  readonly rehearsed?: boolean;
  readonly print?: boolean;
  readonly json?: boolean;
}

export function kubeconfig(io: Io): Command {
  return new Command("kubeconfig")
    .description("Add an environment's cluster to the kubeconfig, as a context of the environment's name")
    .argument("<environment>", "for example dev")
    .option("--rehearsed", "the cluster of a rehearsal that --keep left running; its context is <environment>-rehearsal")
    .option("--print", "print the command instead of running it")
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      "\nUses your AWS credentials and KUBECONFIG.\n\nExample:\n  $ mainline kubeconfig dev && kubectl --context dev get nodes",
    )
    .action(async (name: string, { rehearsed, print, json }: Options) => {
      const environment = environmentNamed(await allEnvironments(), name);
      if (!environment.cluster) throw new UserError(`${name} has no cluster. Set \`cluster\` in environments/${name}.ts to give it one.`);
      const variables = rehearsed ? await variablesOfKept(io, name) : {};
      const context = rehearsed ? `${name}-rehearsal` : name;
      const cluster = clusterName(environment);
      const args = ["eks", "update-kubeconfig", "--name", cluster, "--region", environment.region, "--alias", context];
      if (print) return io.out(json ? JSON.stringify({ command: ["aws", ...args], context }) : `aws ${args.join(" ")}`);
      const { AWS_CA_BUNDLE: _, ...own } = io.env;
      const env = rehearsed ? { ...own, ...variables } : io.env;
      const { failed, stderr, code } = await execa("aws", args, { env, extendEnv: false, reject: false });
      if (code === "ENOENT")
        throw new UserError(
          "The AWS CLI is not installed; kubectl needs it, too. https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html",
        );
      if (failed)
        throw new UserError(
          `aws ${args.join(" ")} failed.\n${stderr.trim()}\nIs the cluster applied, and do your credentials belong to account ${environment.account}?`,
        );
      io.out(json ? JSON.stringify({ context, cluster }) : `kubectl --context ${context} get nodes`);
    });
}

async function variablesOfKept(io: Io, environment: string): Promise<Readonly<Record<string, string>>> {
  const { listKept } = await import("../../rehearsal/run/kept.ts");
  const world = (await listKept(join(io.root, ".cache"))).find((kept) => kept.environment === environment);
  if (world) return world.variables;
  throw new UserError(`No rehearsal of ${environment} is running. Start one: mainline rehearse ${environment} --keep`);
}
