/** What cannot be made again is guarded. */
import { blocksOf } from "../../terraform-json.ts";
import { isProduction, isTrue, type Rule } from "../rule.ts";
import { guardedTypes } from "../stateful.ts";

export const statefulGuarded: Rule = {
  id: "stateful-guarded",
  title: "In production what holds data or identity cannot be destroyed by a plan",
  why: "A renamed construct is a destroy and a create; data does not come back (FSBP KMS.3 for keys)",
  applies: [...guardedTypes],
  holds: (attributes, context) =>
    !isProduction(context) || blocksOf(attributes, "lifecycle").some(({ prevent_destroy: prevents }) => isTrue(prevents)),
  remedy: "set lifecycle: guarded(protection), and leave protection.deletion on",
};

export const changesNotIgnored: Rule = {
  id: "no-ignored-changes",
  title: "No resource ignores all changes",
  why: "It is then no longer described by this code, and drift is invisible",
  applies: ["*"],
  holds: (attributes) => blocksOf(attributes, "lifecycle").every(({ ignore_changes: ignored }) => ignored !== "all"),
  remedy: "name the attributes that somebody else owns, with the reason",
};
