/** All environments of this workspace. A new one is a file here, an import and a line below; docs/environments.md says what else. */
import dev from "./dev.ts";
import { type EnvironmentFiles, parseEnvironments } from "./parse.ts";
import prod from "./prod.ts";
import type { Environment } from "./schema.ts";
import shared from "./shared.ts";
import staging from "./staging.ts";

/** As written, in the order in which changes travel. */
export const environmentFiles: EnvironmentFiles = {
  "environments/shared.ts": shared,
  "environments/dev.ts": dev,
  "environments/staging.ts": staging,
  "environments/prod.ts": prod,
};

/**
 * All environments, parsed and frozen.
 * @throws EnvironmentErrors with every problem of every file.
 */
export function loadEnvironments(): readonly Environment[] {
  return parseEnvironments(environmentFiles);
}
