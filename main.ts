/** The cdktf app: all environments, all stacks. */
import { loadEnvironments } from "./environments/index.ts";
import { UserError } from "./environments/user-error.ts";
import { describeExpired, expiredWaivers } from "./modules/guardrails/waivers.ts";
import { synthesize } from "./stacks/synth.ts";

try {
  const environments = loadEnvironments();
  synthesize(environments);
  // A warning only: the clock must not change what is written. Tests and `doctor` fail on it.
  const today = new Date().toISOString().slice(0, 10);
  for (const expired of expiredWaivers(environments, today)) console.error(`warning: ${describeExpired(expired)}`);
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
