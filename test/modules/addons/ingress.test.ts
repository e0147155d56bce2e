/** Load balancers that Ingresses share. */
import { expect, test } from "@jest/globals";
import { plannedAddon } from "../../../modules/addons/plan.ts";
import { surroundingsOf } from "../../support/addons.ts";

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
