/** Mistakes between add-ons and the rest of an environment. */
import { expect, test } from "@jest/globals";
import { parseEnvironments } from "../../environments/parse.ts";
import { filesWith, said } from "./mistakes.ts";

test("Karpenter where the cluster has nothing for its nodes", () => {
  expect(said({ "dev.addons": { karpenter: {} }, "dev.cluster.karpenter": false })).toContain(
    "addons.karpenter  has no role for its nodes. Set cluster.karpenter to true, or take karpenter out.",
  );
});

test("Karpenter where the cluster has it", () => {
  expect(() => parseEnvironments(filesWith({ "dev.addons": { karpenter: {} }, "dev.cluster.karpenter": true }))).not.toThrow();
});
