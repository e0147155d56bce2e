/**
 * Synthesizes shared with a number of services, each of a team of its own, in place of its own: `node --import tsx bench/many-services.ts
 * <services> <folder>`. For the budget of what the images of many teams add to a synth.
 */
import { loadEnvironments } from "../environments/index.ts";
import { synthesize } from "../stacks/synth.ts";

const [, , count = "50", outdir = ".cache/bench-services"] = process.argv;
const shared = loadEnvironments().find(({ name }) => name === "shared");
const [like] = Object.values(shared?.ci?.services ?? {});
if (!shared?.ci || !like) throw new Error("shared has no services to take as examples.");

const services = Array.from({ length: Number(count) }, (_, i) => {
  return [`service-${i}`, { ...like, team: `team-${i}`, repository: `example/service-${i}` }] as const;
});
const ci = { ...shared.ci, services: Object.fromEntries(services), pipelines: {} };
synthesize([{ ...shared, ci }], { outdir });
