/**
 * Synthesizes dev with a number of teams in place of its own: `node --import tsx bench/many-teams.ts <teams> <folder>`. For the budget of what
 * teams add to a synth.
 */
import { loadEnvironments } from "../environments/index.ts";
import type { TenancyConfig } from "../environments/schema.ts";
import { synthesize } from "../stacks/synth.ts";

const [, , count = "50", outdir = ".cache/bench-teams"] = process.argv;
const dev = loadEnvironments().find(({ name }) => name === "dev");
if (!dev?.tenancy) throw new Error("dev has no teams to take as examples.");
const examples = Object.values(dev.tenancy.teams);

/** Every team like one of dev's, under names of its own. */
function teams(number: number): TenancyConfig["teams"] {
  const made = Array.from({ length: number }, (_, i) => {
    const like = examples[i % examples.length];
    if (!like) throw new Error("dev has no teams.");
    const namespaces = Object.entries(like.namespaces).map(([name, settings]) => [`${name}-${i}`, settings] as const);
    const roles = { devops: [`devops-${i}`], developer: [`developer-${i}`], sqa: ["quality"] };
    return [`team-${i}`, { ...like, namespaces: Object.fromEntries(namespaces), roles, network: { ...like.network, to: {} } }] as const;
  });
  return Object.fromEntries(made);
}

const { tenancy, ...without } = dev;
const environment = count === "0" ? without : { ...dev, tenancy: { ...tenancy, teams: teams(Number(count)) } };
synthesize([environment], { outdir });
