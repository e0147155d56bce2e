/**
 * Every guardrail there is, by topic. A new one needs a line in test/modules/guardrails/ that fails and one that passes.
 * Numbers of CIS are those of CIS AWS Foundations 3.0 and CIS EKS 1.5; FSBP is AWS Foundational Security Best Practices in Security Hub.
 */
import type { Rule } from "./rule.ts";
import * as buckets from "./rules/buckets.ts";
import * as cluster from "./rules/cluster.ts";
import * as delivery from "./rules/delivery.ts";
import * as encryption from "./rules/encryption.ts";
import * as exposure from "./rules/exposure.ts";
import * as identity from "./rules/identity.ts";
import * as logging from "./rules/logging.ts";
import * as network from "./rules/network.ts";
import * as nodes from "./rules/nodes.ts";
import * as platform from "./rules/platform.ts";
import * as protection from "./rules/protection.ts";
import * as releases from "./rules/releases.ts";

export const guardrails: readonly Rule[] = [
  platform,
  encryption,
  buckets,
  exposure,
  network,
  identity,
  cluster,
  nodes,
  logging,
  protection,
  releases,
  delivery,
].flatMap((topic): Rule[] => Object.values(topic));
