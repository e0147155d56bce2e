/** Objects that enter a state and change at once. Moves and plain imports are listed among the changes; there is nothing to judge. */
import type { Detector } from "../model.ts";
import { findingAt, type Kind } from "../reading/changes.ts";
import { changeText } from "../text/cause.ts";
import { tellingAttributes, weightOf } from "../weight.ts";

const importedAndChanged: Kind = {
  rule: "import-changes",
  danger: "caution",
  because: "What somebody made by hand is changed to what the configuration says in the same step.",
  remedy: "Let the configuration say what is there, so that the import changes nothing; change it later.",
};

export const imports: Detector = (plan) =>
  plan.changes
    .filter((change) => change.importing !== undefined && change.action !== "no-op" && weightOf(change) === "change")
    .map((change) => {
      const title = `${change.address} is imported from ${change.importing ?? ""} and changed`;
      return findingAt(plan, change.address, importedAndChanged, title, tellingAttributes(change).map(changeText));
    });
