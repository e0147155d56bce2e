/** Every situation that the rules are tried in. */
import { addons } from "./addons.ts";
import { nodes } from "./nodes.ts";
import { services } from "./services.ts";
import type { Situation } from "./situation.ts";
import { workloads } from "./workloads.ts";

export const situations: readonly Situation[] = [...nodes, ...workloads, ...services, ...addons];
