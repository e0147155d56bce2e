/** Between a plan and its apply: only this very plan, only where the review does not block it. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { reviewPlan, verifyPlan } from "../../../operations/atlantis/gate.ts";
import { defaultPolicy, policyOf } from "../../../review/index.ts";
import { stackOf } from "../../../review/plan-set.ts";

const folder = mkdtempSync(join(tmpdir(), "mainline-gate-"));
const plan = join(folder, "default.tfplan");
const shown = join(folder, "prod-network-default.json");
const subject = { plan, stack: "prod-network" };
const policy = policyOf(defaultPolicy, [{ name: "prod", profile: "production" }]);
afterAll(() => rmSync(folder, { recursive: true }));

const vpc = (actions: readonly string[]) => {
  const values = { cidr_block: "10.0.0.0/16" };
  return JSON.stringify({
    format_version: "1.2",
    terraform_version: "1.11.4",
    applyable: true,
    complete: true,
    errored: false,
    planned_values: { root_module: {} },
    resource_changes: [
      {
        address: "aws_vpc.main",
        mode: "managed",
        type: "aws_vpc",
        name: "main",
        provider_name: "registry.terraform.io/hashicorp/aws",
        change: {
          actions,
          before: values,
          after: actions[0] === "delete" ? null : values,
          after_unknown: {},
          before_sensitive: {},
          after_sensitive: {},
        },
      },
    ],
    configuration: {},
  });
};

async function planned(json: string, overrides: Parameters<typeof reviewPlan>[3] = []) {
  writeFileSync(plan, `plan of ${json}`);
  writeFileSync(shown, json);
  return reviewPlan({ plan, shown }, stackOf(subject.stack), policy, overrides);
}

test("a reviewed plan without findings may be applied; its JSON, which holds secrets, is gone", async () => {
  await planned(vpc(["no-op"]));
  expect(await verifyPlan(subject)).toEqual({ kind: "allow" });
  expect(existsSync(shown)).toBe(false);
});

test("a plan file that changed since is refused", async () => {
  await planned(vpc(["no-op"]));
  writeFileSync(plan, "another plan");
  await expect(verifyPlan(subject)).rejects.toThrow("not the plan that was reviewed");
});

test("a review of another stack does not count", async () => {
  await planned(vpc(["no-op"]));
  await expect(verifyPlan({ plan, stack: "dev-network" })).rejects.toThrow("not the plan that was reviewed");
});

test("a blocked plan is refused, with what blocks it and the way out", async () => {
  expect((await planned(vpc(["delete"]))).verdict.kind).toBe("block");
  await expect(verifyPlan(subject)).rejects.toThrow(/aws_vpc\.main[\s\S]*review-overrides\.yaml/);
});

test("an override in writing makes it a matter of approval", async () => {
  const reason = "The VPC is empty since its workloads moved to the new one last week";
  const entry = { rule: "destroy-stateful", stack: "prod-network", address: "aws_vpc.main", by: "kim", reason, until: "2099-01-01" };
  await planned(vpc(["delete"]), [entry]);
  expect(await verifyPlan(subject)).toEqual({ kind: "approval", groups: ["platform"] });
});

test("a plan that cannot be read takes the earlier note away", async () => {
  await planned(vpc(["no-op"]));
  await expect(planned("{")).rejects.toThrow(/prod-network/);
  await expect(verifyPlan(subject)).rejects.toThrow("was not reviewed");
});
