/** Reading the cluster stack's JSON in tests. */
import { expect } from "@jest/globals";
import type { EnvironmentInput } from "../../environments/schema.ts";
import { type JsonObject, type Resource, resourcesOf } from "../../modules/terraform-json.ts";
import { environmentOf, minimal, synthStack } from "../support/synth.ts";

export type Overrides = Partial<NonNullable<EnvironmentInput["cluster"]>>;
export const nodes = { instances: ["m7i.large"], size: { min: 1, desired: 1, max: 2 } };

export function stackOf(overrides: Overrides = {}, environment: Partial<EnvironmentInput> = {}) {
  return synthStack(environmentOf({ ...environment, cluster: { ...minimal.cluster, ...overrides } }), "cluster");
}
export const resources = (overrides: Overrides = {}, environment: Partial<EnvironmentInput> = {}) =>
  resourcesOf(stackOf(overrides, environment));
export const ofType = (all: readonly Resource[], type: string) => all.filter((resource) => resource.type === type);
export const one = (all: readonly Resource[], type: string): JsonObject => {
  const found = ofType(all, type);
  expect(found).toHaveLength(1);
  return found[0]?.attributes ?? {};
};
export const waitsFor = (resource: Resource | undefined): readonly string[] =>
  (resource?.attributes.depends_on as string[] | undefined) ?? [];
/** A Terraform expression. */
export const ref = (address: string) => `\${${address}}`;
export const addon = (all: readonly Resource[], name: string) => all.find(({ attributes }) => attributes.addon_name === name);

/** Every option turned on. */
export const everything: Overrides = {
  selfManagedNodes: { own: { ...nodes, instances: ["m7g.large"] } },
  fargate: { batch: { selectors: [{ namespace: "batch" }] } },
  karpenter: true,
  sharedFileSystem: true,
};
