/** Terraform's JSON syntax as far as it is read back here: by guardrails before anything is written, and by tests. */

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };
export type JsonObject = { readonly [key: string]: Json | undefined };

/** Resources or data sources: type, then name, then attributes. */
export type Blocks = Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;

/** What a `cdk.tf.json` says. Values may be Terraform expressions: `${aws_vpc.vpc.id}`. */
export interface TerraformJson {
  readonly "//"?: JsonObject;
  readonly terraform: JsonObject;
  readonly provider: Readonly<Record<string, readonly JsonObject[]>>;
  readonly resource?: Blocks;
  readonly data?: Blocks;
  readonly output?: Readonly<Record<string, JsonObject>>;
  readonly locals?: JsonObject;
  readonly moved?: readonly JsonObject[];
}

/** One resource with its Terraform address, `<type>.<name>`. */
export interface Resource {
  readonly type: string;
  readonly name: string;
  readonly address: string;
  readonly attributes: JsonObject;
}

/** All managed resources of a stack, in the order in which the JSON lists them. */
export function resourcesOf(json: TerraformJson): Resource[] {
  return Object.entries(json.resource ?? {}).flatMap(([type, named]) =>
    Object.entries(named).map(([name, attributes]) => ({ type, name, address: `${type}.${name}`, attributes })),
  );
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A nested block or list as a list: Terraform's JSON writes a single block with or without brackets. */
export function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** The nested blocks of a name; empty where there is none. */
export function blocksOf(attributes: JsonObject | undefined, name: string): readonly JsonObject[] {
  return listOf(attributes?.[name]).filter(isObject);
}
