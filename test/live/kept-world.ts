/** An emulated AWS without stacks, for commands that are meant for a real account. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { loadEnvironments } from "../../environments/index.ts";
import { namedRoles, seedRoles } from "../../rehearsal/prerequisites.ts";
import { startWorld } from "../../rehearsal/run/world.ts";
import { findTerraform } from "../../rehearsal/terraform/binary.ts";
import { awsVariables } from "../../rehearsal/terraform/child-environment.ts";
import { providerSource } from "../../rehearsal/terraform/cli-config.ts";
import { cache } from "./command.ts";

export interface KeptWorld {
  /** Takes AWS requests directly. */
  readonly url: string;
  /** Environment of a command that shall work on it. */
  readonly env: NodeJS.ProcessEnv;
  close(): Promise<void>;
}

/** With the account, region and roles of an environment. */
export async function keepWorld(name: string): Promise<KeptWorld> {
  const environment = loadEnvironments().find((one) => one.name === name);
  if (!environment) throw new Error(`no environment ${name}`);
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "test-"));
  const { account, region } = environment;
  const world = await startWorld({ folder, cache, account, region, user: process.env }, () => {});
  await seedRoles(world.url, region, account, namedRoles(environment));
  const { variables } = await providerSource(await findTerraform({ path: process.env.PATH ?? "" }), { user: process.env, cache, folder });
  const { AWS_CA_BUNDLE: _, NO_PROXY: __, no_proxy: ___, ...own } = process.env;
  return {
    url: world.url,
    env: { ...own, ...variables, ...awsVariables(world.target) },
    async close() {
      await world.close();
      rmSync(folder, { recursive: true });
    },
  };
}
