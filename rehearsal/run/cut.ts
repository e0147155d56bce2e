/** Leaves out what the emulator cannot do, and what hangs on it. Both are named in the report: nothing is left out silently. */
import { resourcesOf, type TerraformJson, type TerraformResources } from "./terraform-resources.ts";

export interface Cut {
  readonly address: string;
  readonly reason: string;
}

export interface Rehearsable {
  /** The same object where nothing had to go. */
  readonly json: TerraformJson;
  readonly cut: readonly Cut[];
}

/** `unsupported`: Terraform resource type → why it cannot be rehearsed. */
export function cutUnsupported(json: TerraformJson, unsupported: Readonly<Record<string, string>>): Rehearsable {
  const cut = new Map<string, Cut>();
  for (const { address, type } of resourcesOf(json)) {
    const reason = unsupported[type];
    if (reason !== undefined) cut.set(address, { address, reason });
  }
  if (cut.size === 0) return { json, cut: [] };
  for (let grew = true; grew; ) {
    grew = false;
    for (const { address, attributes } of resourcesOf(json)) {
      const needed = cut.has(address) ? undefined : [...cut.keys()].find((gone) => mentions(attributes, gone));
      if (needed === undefined) continue;
      cut.set(address, { address, reason: `needs ${needed}` });
      grew = true;
    }
  }
  const remains = (value: unknown) => ![...cut.keys()].some((gone) => mentions(value, gone));
  const { resource = {}, data, output, ...rest } = json;
  return {
    json: {
      ...rest,
      resource: without(resource, (address) => !cut.has(address)),
      ...(data && { data: without(data, (_, attributes) => remains(attributes)) }),
      ...(output && { output: Object.fromEntries(Object.entries(output).filter(([, value]) => remains(value))) }),
    },
    cut: [...cut.values()],
  };
}

/** Whether an expression somewhere in the value refers to the address. */
function mentions(value: unknown, address: string): boolean {
  const boundary = new RegExp(`(?<![\\w.-])${address.replaceAll(/[.]/g, "\\.")}(?![\\w-])`);
  return boundary.test(JSON.stringify(value) ?? "");
}

function without(all: TerraformResources, stays: (address: string, attributes: unknown) => boolean): TerraformResources {
  const types = Object.entries(all).map(([type, instances]) => [
    type,
    Object.fromEntries(Object.entries(instances).filter(([name, attributes]) => stays(`${type}.${name}`, attributes))),
  ]);
  return Object.fromEntries(types.filter(([, instances]) => Object.keys(instances as object).length > 0));
}
