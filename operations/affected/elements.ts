/**
 * A stack's JSON as a list of elements, each with an address and text that is equal where it means the same: resources, data sources,
 * outputs, providers and settings. Metadata of cdktf is left out, the order of keys too.
 */
import { isObject, type Json, type JsonObject, type TerraformJson } from "../../modules/terraform-json.ts";

export interface Element {
  /** `aws_vpc.main`, `data.aws_region.here`, `output.vpcId`, `provider.aws`, `terraform.backend`. */
  readonly address: string;
  readonly value: Json;
}

/** Elements by address. Throws nothing: what it does not know is one element of its own. */
export function elementsOf(json: TerraformJson): ReadonlyMap<string, Element> {
  const { resource = {}, data = {}, "//": _, ...rest } = json;
  const found = [
    ...named(resource, ""),
    ...named(data, "data."),
    ...Object.entries(rest as JsonObject).flatMap(([section, value]) => sectionOf(section, value ?? null)),
  ];
  return new Map(found.map((element) => [element.address, element]));
}

function named(blocks: Readonly<Record<string, Readonly<Record<string, JsonObject>>>>, prefix: string): Element[] {
  return Object.entries(blocks).flatMap(([type, byName]) =>
    Object.entries(byName).map(([name, value]) => ({ address: `${prefix}${type}.${name}`, value: withoutMetadata(value) })),
  );
}

/** Words by which expressions name what is declared in these sections. */
const prefixes: Readonly<Record<string, string>> = { locals: "local", variable: "var" };

/** `moved`, `import` and other lists are one element; `required_providers` is one per provider, so that a constraint is named. */
function sectionOf(section: string, value: Json): Element[] {
  if (!isObject(value)) return [{ address: section, value: withoutMetadata(value) }];
  const prefix = prefixes[section] ?? section;
  return Object.entries(value).flatMap(([name, one = null]) => {
    if (name === "required_providers") return sectionOf("required_providers", one);
    return [{ address: `${prefix}.${name}`, value: withoutMetadata(one) }];
  });
}

function withoutMetadata(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutMetadata);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => (key === "//" || one === undefined ? [] : [[key, withoutMetadata(one)]])),
  );
}

/** The same text for the same value, whatever the order of keys. */
export function canonical(value: Json): string {
  return JSON.stringify(value, (_, one: unknown) => {
    if (typeof one !== "object" || one === null || Array.isArray(one)) return one;
    return Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
