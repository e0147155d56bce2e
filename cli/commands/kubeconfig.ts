/** `mainline kubeconfig <env>`: lets kubectl reach the environment's cluster, real or rehearsed. */
import { join } from "node:path";
import { Command } from "commander";
import { closest } from "fastest-levenshtein";
import type { Environment } from "../../environments/schema.ts";
import { UserError } from "../../environments/user-error.ts";
import { clusterName } from "../../modules/naming.ts";
import { firstRoles } from "../../modules/tenancy/people.ts";
import { allEnvironments, environmentNamed } from "../environments.ts";
import { UsageError } from "../exit.ts";
import type { Io } from "../io.ts";

interface Options {
  readonly as?: string;
  readonly rehearsed?: boolean;
  readonly print?: boolean;
  readonly json?: boolean;
}

const help = `
The context is <environment>, <environment>-<access>, or <environment>-rehearsal[-<access>]. A real cluster takes your AWS credentials, now
and whenever kubectl asks; a rehearsed one takes none, works in every shell, and goes with \`mainline rehearse --stop\`.

Examples:
  $ mainline kubeconfig dev                      then: kubectl --context dev get nodes
  $ mainline kubeconfig dev --as shop-developer  then: kubectl --context dev-shop-developer get pods --namespace shop
  $ mainline kubeconfig dev --rehearsed          then: kubectl --context dev-rehearsal get nodes`;

export function kubeconfig(io: Io): Command {
  return new Command("kubeconfig")
    .description("Add an environment's cluster to the kubeconfig, as a context of the environment's name")
    .argument("<environment>", "for example dev")
    .option("--as <access>", "act as the role of this entry of `cluster.access`, or of a team's people: sqa, shop-developer")
    .option("--rehearsed", "the cluster of a rehearsal that --keep left running")
    .option("--print", "print what would be done or written, and do nothing")
    .option("--json", "print the result as JSON")
    .addHelpText("after", help)
    .action(async (name: string, options: Options) => {
      const environment = environmentNamed(await allEnvironments(), name);
      if (!environment.cluster) throw new UserError(`${name} has no cluster. Set \`cluster\` in environments/${name}.ts to give it one.`);
      const role = options.as === undefined ? undefined : roleNamed(environment, options.as);
      const context = [name, ...(options.rehearsed ? ["rehearsal"] : []), ...(options.as === undefined ? [] : [options.as])].join("-");
      await (options.rehearsed ? addRehearsed : addReal)(io, { environment, context, role }, options);
    });
}

interface Wanted {
  readonly environment: Environment;
  readonly context: string;
  /** To act as; absent: whoever asks, and in a rehearsal who applied it. */
  readonly role: string | undefined;
}

async function addReal(io: Io, { environment, context, role }: Wanted, { print, json }: Options): Promise<void> {
  const cluster = clusterName(environment);
  // An alias for the user, too: the AWS CLI's own name for it is the cluster's ARN, which entries of several roles would share.
  const aliases = ["--alias", context, "--user-alias", context];
  const args = ["eks", "update-kubeconfig", "--name", cluster, "--region", environment.region, ...aliases];
  if (role !== undefined) args.push("--role-arn", role);
  if (print) return io.out(json ? JSON.stringify({ command: ["aws", ...args], context }) : `aws ${args.join(" ")}`);
  const { execa } = await import("execa");
  const { failed, stderr, code } = await execa("aws", args, { env: io.env, extendEnv: false, reject: false });
  if (code === "ENOENT") {
    throw new UserError(
      "The AWS CLI is not installed; kubectl needs it, too. https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html",
    );
  }
  if (failed) {
    throw new UserError(
      `aws ${args.join(" ")} failed.\n${stderr.trim()}\nIs the cluster applied, and do your credentials belong to account ${environment.account}?`,
    );
  }
  if (json) return io.out(JSON.stringify({ context, cluster, role }));
  io.out(`Added the context ${context}, which is the current one now. Try: kubectl --context ${context} get nodes`);
}

async function addRehearsed(io: Io, { environment, context, role }: Wanted, { print, json }: Options): Promise<void> {
  const { deployerRole } = await import("../../rehearsal/run/deployer.ts");
  const { listKept } = await import("../../rehearsal/run/kept.ts");
  const { rehearsedContext } = await import("../../rehearsal/run/rehearsed-context.ts");
  const { withContext } = await import("../../rehearsal/run/kubeconfig.ts");
  const { writeContext } = await import("../../rehearsal/run/kubeconfig-file.ts");
  const { name } = environment;
  const cache = join(io.root, ".cache");
  const world = (await listKept(cache)).find((kept) => kept.environment === name);
  if (!world) throw new UserError(`No rehearsal of ${name} is running. Start one: mainline rehearse ${name} --keep`);
  const actual = role ?? deployerRole(environment);
  if (actual === undefined) throw new UserError(`No access entry of ${name} is a cluster administrator. Choose one with --as.`);
  const cluster = clusterName(environment);
  const entry = await rehearsedContext(world, { name: context, cluster, role: actual });
  if (print) return io.out(json ? JSON.stringify(entry) : withContext(undefined, entry).trimEnd());
  const file = await writeContext(io.env, join(cache, "runs", world.id), entry);
  if (json) return io.out(JSON.stringify({ context, cluster, role: actual, file }));
  io.out(`Added the context ${context} to ${file}; the current context is as before. \`mainline rehearse --stop\` removes it.`);
  io.out(`Try: kubectl --context ${context} get nodes`);
}

/** Of `cluster.access`, or of a team: "shop-developer" is the first role of its developers. */
function roleNamed({ name, account, cluster, tenancy }: Environment, access: string): string {
  const own = Object.entries(cluster?.access ?? {}).map(([key, { role }]) => [key, role] as const);
  const ofTeams = Object.entries(firstRoles(tenancy?.teams ?? {})).map(
    ([key, role]) => [key, `arn:aws:iam::${account}:role/${role}`] as const,
  );
  // Where both have a name, it is the cluster's.
  const roles = new Map([...own, ...ofTeams, ...own]);
  const found = roles.get(access);
  if (found !== undefined) return found;
  const names = [...roles.keys()];
  const suggestion = names.length > 0 ? ` Did you mean "${closest(access, names)}"? There are ${names.join(", ")}.` : "";
  throw new UsageError(`Neither \`cluster.access\` nor a team of ${name} has "${access}".${suggestion}`);
}
