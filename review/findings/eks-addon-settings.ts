/** Settings of EKS add-ons: they are values of a chart that EKS installs, so the same of them is risky (helm/risks.ts). */
import { goneFrom } from "../helm/gone.ts";
import { valueRisks } from "../helm/risks.ts";
import { valueChanges } from "../helm/values.ts";
import type { Danger, Detector, JsonObject } from "../model.ts";
import { isObject } from "../plan/json.ts";
import { yamlOf } from "../plan/yaml.ts";
import { findingOn, settings } from "../reading/changes.ts";
import { pathText, valueText } from "../text/path.ts";

export const eksAddonSettings: Detector = (plan) =>
  settings(plan).flatMap(({ type, address, action, before, after }) => {
    if (type !== "aws_eks_addon" || action === "create") return [];
    const [was, is] = [treeOf(before), treeOf(after)];
    const risks = valueChanges(was, is).flatMap(({ path, before: old, after: next }) =>
      valueRisks
        .filter((row) => row.path.test(path.join(".")) && row.tells(next, old))
        .map(({ what, because, danger }) => ({ what, because, danger, line: `${pathText(path)}: ${valueText(old)} → ${valueText(next)}` })),
    );
    const gone = goneFrom(was, is).map(({ what, because, danger, path }) => ({
      what,
      because,
      danger,
      line: `${pathText(path)}: removed`,
    }));
    return [...risks, ...gone].map(({ what, because, danger, line }: { what: string; because: string; danger: Danger; line: string }) =>
      findingOn(plan, address, { rule: "eks-addon-settings", danger, because }, what, [line]),
    );
  });

function treeOf(addon: JsonObject | null): JsonObject {
  const tree = yamlOf(addon?.configuration_values);
  return isObject(tree) ? tree : {};
}
