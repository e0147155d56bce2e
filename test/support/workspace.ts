/** The stacks of this workspace. Apart from synth.ts: what was synthesized is read, and no binding is loaded. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadEnvironments } from "../../environments/index.ts";
import type { CheckedStack } from "../../modules/guardrails/check.ts";
import { stackId, stackNames } from "../../stacks/contract.ts";

/** As reviewed: test/golden holds that they are what the synth writes, so no other test has to synthesize all. */
export function workspace(): CheckedStack[] {
  const golden = join(import.meta.dirname, "../golden");
  return loadEnvironments().flatMap((environment) =>
    stackNames.flatMap((stack) => {
      const id = stackId(environment, stack);
      const file = join(golden, `${id}.json`);
      return existsSync(file) ? [{ id, stack, environment, json: JSON.parse(readFileSync(file, "utf8")) }] : [];
    }),
  );
}
