/** The tenancy stack as Terraform gets it: what belongs to one team, and what a change of one does to others. */
import { expect, test } from "@jest/globals";
import type { TeamInput } from "../../environments/schema/tenancy.ts";
import type { EnvironmentInput } from "../../environments/schema.ts";
import { resourcesOf, type TerraformJson } from "../../modules/terraform-json.ts";
import { environmentOf, minimal, synthStack } from "../support/synth.ts";

const budget = { monthlyUsd: 300, emails: ["shop@example.com"], topic: "arn:aws:sns:ap-northeast-2:111122223333:costs" };
const shop: TeamInput = {
  owner: "shop@example.com",
  costCentre: "commerce",
  namespaces: { shop: {}, "shop-jobs": {} },
  roles: { developer: ["people/shop-developer"], sqa: ["quality"] },
  budget,
  delivery: { repositories: ["https://github.com/example/shop"] },
};
const billing: TeamInput = { owner: "billing@example.com", namespaces: { billing: {} }, roles: { sqa: ["quality"] } };

const roomy = { ...minimal.cluster, nodes: { general: { instances: ["m7i.4xlarge"], size: { min: 3, desired: 6, max: 12 } } } };
const withArgoCd = { addons: { "argo-cd": { host: "argocd.example.com" } } };
const synth = (teams: Record<string, TeamInput>, overrides: Partial<EnvironmentInput> = {}): TerraformJson =>
  synthStack(environmentOf({ cluster: roomy, tenancy: { teams }, ...overrides }), "tenancy");
const attributesOf = (json: TerraformJson, address: string) =>
  resourcesOf(json).find((resource) => resource.address === address)?.attributes;

const both = synth({ shop, billing }, withArgoCd);

test("a team is a few resources under its name, and what all have in common", () => {
  expect(resourcesOf(both).map(({ address }) => address)).toEqual([
    "kubernetes_namespace_v1.rights_records",
    "kubernetes_namespace_v1.team_billing_namespace-billing",
    "kubernetes_namespace_v1.team_shop_namespace-shop",
    "kubernetes_namespace_v1.team_shop_namespace-shop-jobs",
    "helm_release.rights_roles",
    "helm_release.team_billing_objects",
    "helm_release.team_shop_objects",
    "aws_budgets_budget.team_shop_budget",
    "aws_eks_access_entry.access_people--shop-developer",
    "aws_eks_access_entry.access_quality",
  ]);
});

test("another team changes nothing of the others", () => {
  const alone = new Map(resourcesOf(synth({ billing }, withArgoCd)).map(({ address, attributes }) => [address, attributes]));
  // Two teams share this role; its groups are those of both.
  alone.delete("aws_eks_access_entry.access_quality");
  for (const [address, attributes] of alone) expect([address, attributesOf(both, address)]).toEqual([address, attributes]);
});

test("the order of lines in an environment file changes nothing", () => {
  const network = { outbound: { database: { to: "data", ports: [5432] }, api: { to: "intra", ports: [443] } } };
  const reversed = { outbound: { api: network.outbound.api, database: network.outbound.database } };
  const one = synth({ shop: { ...shop, network }, billing });
  const other = synth({ billing, shop: { ...shop, network: reversed, namespaces: { "shop-jobs": {}, shop: {} } } });
  expect(resourcesOf(other)).toEqual(resourcesOf(one));
});

test("a role has one entry without a policy, with the groups of its teams", () => {
  expect(attributesOf(both, "aws_eks_access_entry.access_quality")).toMatchObject({
    principal_arn: "arn:aws:iam::111122223333:role/quality",
    kubernetes_groups: ["team:billing:sqa", "team:shop:sqa"],
    type: "STANDARD",
  });
  expect(attributesOf(both, "aws_eks_access_entry.access_people--shop-developer")).toMatchObject({
    principal_arn: "arn:aws:iam::111122223333:role/people/shop-developer",
  });
  expect(resourcesOf(both).some(({ type }) => type === "aws_eks_access_policy_association")).toBe(false);
});

test("a budget counts what carries the team's tag, and tells both when it is spent and when it will be", () => {
  const told = { subscriber_email_addresses: budget.emails, subscriber_sns_topic_arns: [budget.topic] };
  expect(attributesOf(both, "aws_budgets_budget.team_shop_budget")).toMatchObject({
    name: "mainline-test-team-shop",
    limit_amount: "300",
    cost_filter: [{ name: "TagKeyValue", values: ["user:team$shop"] }],
    notification: [
      { notification_type: "ACTUAL", threshold: 80, ...told },
      { notification_type: "FORECASTED", threshold: 100, ...told },
    ],
    tags: { team: "shop", "cost-centre": "commerce" },
  });
});

test("objects come after their namespaces and the rights that they bind; Helm's records are where no team reaches them", () => {
  const objects = attributesOf(both, "helm_release.team_shop_objects");
  expect(objects?.depends_on).toEqual([
    "helm_release.rights_roles",
    "kubernetes_namespace_v1.team_shop_namespace-shop",
    "kubernetes_namespace_v1.team_shop_namespace-shop-jobs",
  ]);
  const namespaces = resourcesOf(both).flatMap(({ type, attributes }) => (type === "helm_release" ? [attributes.namespace] : []));
  expect(new Set(namespaces)).toEqual(new Set(["tenancy"]));
});

test("a team's secrets have a role of their own, and pods those that the data names; neither without need", () => {
  const accounts = { "shop-api": "mainline-test-shop-api" };
  const json = synth(
    { shop: { ...shop, namespaces: { shop: { accounts }, "shop-jobs": {} } }, billing },
    { addons: { "external-secrets": {} } },
  );
  expect(attributesOf(json, "aws_iam_role.roles_secrets-shop_role")).toMatchObject({ name: "mainline-test-team-shop-secrets" });
  expect(attributesOf(json, "aws_eks_pod_identity_association.roles_pods-shop-shop-api")).toMatchObject({
    namespace: "shop",
    service_account: "shop-api",
    role_arn: "arn:aws:iam::111122223333:role/mainline-test-shop-api",
  });
  const made = (type: string) => resourcesOf(json).filter((resource) => resource.type === type).length;
  expect([made("aws_iam_role"), made("aws_eks_pod_identity_association")]).toEqual([2, 1]);
  expect(attributesOf(json, "helm_release.team_shop_objects")?.depends_on).toContain("aws_iam_role_policy.roles_secrets-shop_own");
  expect(attributesOf(json, "helm_release.team_billing_objects")?.lifecycle).toMatchObject({
    precondition: [
      { condition: expect.stringContaining('"external-secrets")'), error_message: expect.stringContaining("test-addons first") },
    ],
  });
});

test("a project waits for Argo CD, and nothing else does", () => {
  const condition = expect.stringContaining('contains(split(",", data.terraform_remote_state.addons.outputs.installed), "argo-cd")');
  expect(attributesOf(both, "helm_release.team_shop_objects")?.lifecycle).toMatchObject({ precondition: [{ condition }] });
  expect(attributesOf(both, "helm_release.team_billing_objects")).not.toHaveProperty("lifecycle");
  expect(JSON.stringify(synth({ shop }))).not.toContain("terraform_remote_state.addons");
});

test.each([
  [true, { deletion: true }],
  [false, { deletion: false }],
])("prevent_destroy of namespaces is %s where protection is %j", (expected, protection) => {
  expect(attributesOf(synth({ shop }, { protection }), "kubernetes_namespace_v1.team_shop_namespace-shop")?.lifecycle).toEqual({
    prevent_destroy: expected,
  });
});

test("the contract names teams, namespaces and the groups of developers", () => {
  const values = Object.entries(both.output ?? {}).map(([name, { value }]) => [name, value]);
  expect(Object.fromEntries(values)).toEqual({
    teams: "billing,shop",
    namespaces: "billing,shop,shop-jobs",
    developerGroups: "team:billing:developer,team:shop:developer",
  });
});

test("providers ask for a token at the moment of the apply", () => {
  expect(JSON.stringify(both.provider)).toContain('"get-token","--cluster-name","mainline-test","--region","ap-northeast-2"');
});

test("an environment without teams has no such stack", () => {
  expect(() => synthStack(environmentOf(), "tenancy")).toThrow("has no tenancy stack");
});
