/** Objects that change their place in a state, or enter it. */
import type { Detector } from "../model.ts";
import { findingAt, type Kind } from "../reading/changes.ts";
import { changeText } from "../text/cause.ts";
import { tellingAttributes } from "../weight.ts";

const moved: Kind = { rule: "move", danger: "info", because: "Only the address in the state changes; AWS is not called." };

const imported: Kind = {
  rule: "import",
  danger: "info",
  because: "Terraform manages it from now on: the next destroy takes it along.",
};

const importedAndChanged: Kind = {
  rule: "import-changes",
  danger: "caution",
  because: "What somebody made by hand is changed to what the configuration says in the same step.",
  remedy: "Let the configuration say what is there, so that the import changes nothing; change it later.",
};

export const movement: Detector = (plan) =>
  plan.changes.flatMap((change) => {
    const { address, movedFrom, importing, action } = change;
    if (importing !== undefined) {
      const kind = action === "no-op" ? imported : importedAndChanged;
      return [findingAt(plan, address, kind, `${address} is imported from ${importing}`, tellingAttributes(change).map(changeText))];
    }
    return movedFrom === undefined ? [] : [findingAt(plan, address, moved, `${address} was ${movedFrom}`)];
  });
