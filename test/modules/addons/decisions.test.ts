/** What an add-on's values and objects decide for others on the cluster. */
import { expect, test } from "@jest/globals";
import type { AddonId } from "../../../environments/schema/addons.ts";
import { plannedAddon } from "../../../modules/addons/plan.ts";
import { companions, surroundingsOf } from "../../support/addons.ts";

// Work that nothing begins again is not ended to save a node.
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

const controller = (options: object) => {
  const { resources } = plannedAddon("aws-load-balancer-controller", surroundingsOf({ "aws-load-balancer-controller": options }));
  const params = resources.filter(({ kind }) => kind === "IngressClassParams");
  return Object.fromEntries(
    params.map(({ metadata, spec }) => [metadata.name, spec as { group?: object; inboundCIDRs?: readonly string[] }]),
  );
};

test("webhooks, which let in GitHub alone, share no load balancer with public services", () => {
  const { alb, "alb-public": outside } = controller({ group: "shared", public: true, from: ["203.0.113.0/24"] });
  expect(alb).toMatchObject({ group: { name: "shared" }, inboundCIDRs: ["203.0.113.0/24"] });
  expect(outside).toMatchObject({ scheme: "internet-facing" });
  expect(outside).not.toHaveProperty("group");
  expect(outside).not.toHaveProperty("inboundCIDRs");
});
