/**
 * Plans that were labelled before anybody looked at the rules: what an attacker or somebody tired would do to this platform. Their first
 * figures, before a rule was mended for them, are in docs/review.md; from then on they only say what cannot get worse unseen.
 */
import type { Case } from "../../case.ts";
import { addons } from "./addons.ts";
import { cluster } from "./cluster.ts";
import { delivery } from "./delivery.ts";
import { keeping } from "./keeping.ts";
import { objects } from "./objects.ts";
import { reach } from "./reach.ts";
import { rights } from "./rights.ts";
import { rightsOfSample } from "./rights-sample.ts";
import { states } from "./states.ts";
import { tenancy } from "./tenancy.ts";

export const later: readonly Case[] = [
  ...rights,
  ...rightsOfSample,
  ...reach,
  ...keeping,
  ...states,
  ...cluster,
  ...addons,
  ...objects,
  ...tenancy,
  ...delivery,
];
