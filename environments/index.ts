/** All environments of this workspace, parsed and frozen. */
import dev from "./dev.ts";
import prod from "./prod.ts";
import { type Environment, environmentSchema } from "./schema.ts";
import shared from "./shared.ts";
import staging from "./staging.ts";

/** As written, in the order in which changes travel. */
export const inputs = [shared, dev, staging, prod];

export function loadEnvironments(): readonly Environment[] {
  return inputs.map((input) => environmentSchema.parse(input));
}
