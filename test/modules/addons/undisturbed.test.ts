/** Work that nothing begins again is not ended to save a node. */
import { expect, test } from "@jest/globals";
import type { AddonId } from "../../../environments/schema/addons.ts";
import { plannedAddon } from "../../../modules/addons/plan.ts";
import { companions, surroundingsOf } from "../../support/addons.ts";

test.each<AddonId>(["argo-workflows", "gha-runner-scale-set", "jenkins"])("pods of %s are left alone by autoscalers", (id) => {
  const text = JSON.stringify(plannedAddon(id, surroundingsOf(companions(id))).values);
  // In Jenkins it is YAML within a value.
  expect(text).toMatch(/karpenter\.sh\/do-not-disrupt"?: ?\\?"true/);
  expect(text).toMatch(/cluster-autoscaler\.kubernetes\.io\/safe-to-evict"?: ?\\?"false/);
});

test("and none holds a node of Karpenter for ever", () => {
  const { resources } = plannedAddon("karpenter", surroundingsOf({ karpenter: {} }));
  const pool = resources.find(({ kind }) => kind === "NodePool");
  expect(pool?.spec).toHaveProperty("template.spec.terminationGracePeriod", "24h");
});
