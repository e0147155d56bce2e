/** Runs the rules over synthesized stacks and matches what they find with the waivers. Pure: JSON in, findings out. */
import type { Environment, Waiver } from "../../environments/schema.ts";
import { blocksOf, isObject, type JsonObject, type Resource, resourcesOf, type TerraformJson } from "../terraform-json.ts";
import { groupBy } from "./group.ts";
import { type Context, type Rule, refersTo } from "./rule.ts";

/** A stack as synthesized, with what rules need to know about it. */
export interface CheckedStack {
  /** With the environment's name, for example dev-network. */
  readonly id: string;
  /** Without it, as waivers name it. */
  readonly stack: string;
  readonly environment: Environment;
  readonly json: TerraformJson;
}

export interface Violation {
  readonly stack: string;
  readonly address: string;
  readonly rule: Rule;
}

export interface UnusedWaiver {
  readonly environment: string;
  readonly waiver: Waiver;
}

export interface Findings {
  readonly violations: readonly Violation[];
  readonly unusedWaivers: readonly UnusedWaiver[];
}

/** All violations of all stacks that no waiver covers, and all waivers that cover none. */
export function check(stacks: readonly CheckedStack[], rules: readonly Rule[]): Findings {
  const used = new Set<Waiver>();
  const violations = stacks.flatMap((checked) =>
    violationsOf(checked, rules).filter(({ rule, address }) => {
      const waiver = checked.environment.waivers.find(
        (candidate) => candidate.rule === rule.id && candidate.stack === checked.stack && candidate.resource === address,
      );
      if (waiver) used.add(waiver);
      return waiver === undefined;
    }),
  );
  const environments = new Map(stacks.map(({ environment }) => [environment.name, environment]));
  const unusedWaivers = [...environments.values()].flatMap(({ name, waivers }) =>
    waivers.filter((waiver) => !used.has(waiver)).map((waiver) => ({ environment: name, waiver })),
  );
  return { violations, unusedWaivers };
}

function violationsOf({ id, environment, json }: CheckedStack, rules: readonly Rule[]): Violation[] {
  const byType = groupBy([...resourcesOf(json), ...otherThings(json)], ({ type }) => type);
  const resources = resourcesOf(json);
  const all = (type: string) => byType.get(type) ?? [];
  return rules.flatMap((rule) =>
    rule.applies
      .flatMap((type) => (type === "*" ? resources : all(type)))
      .filter(({ address, attributes }) => !rule.holds(attributes, contextOf(address, environment, all)))
      .map(({ address }) => ({ stack: id, address, rule })),
  );
}

function contextOf(address: string, environment: Environment, all: Context["all"]): Context {
  const pointingHere = (type: string, attribute: string) =>
    all(type)
      .map(({ attributes }) => attributes)
      .filter((attributes) => refersTo(attributes[attribute], address));
  return { address, environment, all, pointingHere };
}

/** What is no resource but has rules, too: data sources, outputs, providers and the settings of Terraform itself. */
function otherThings(json: TerraformJson): Resource[] {
  const data = Object.entries(json.data ?? {}).flatMap(([type, named]) =>
    Object.entries(named).map(([name, attributes]) => thing(`data.${type}`, name, attributes)),
  );
  const outputs = Object.entries(json.output ?? {}).map(([name, attributes]) => thing("output", name, attributes));
  const providers = Object.keys(json.provider).flatMap((name) =>
    blocksOf(json.provider as JsonObject, name).map((attributes) => ({
      type: `provider.${name}`,
      name,
      address: `provider.${name}`,
      attributes,
    })),
  );
  const terraform = isObject(json.terraform)
    ? [{ type: "terraform", name: "terraform", address: "terraform", attributes: json.terraform }]
    : [];
  return [...data, ...outputs, ...providers, ...terraform];
}

function thing(type: string, name: string, attributes: JsonObject): Resource {
  return { type, name, address: `${type}.${name}`, attributes };
}
