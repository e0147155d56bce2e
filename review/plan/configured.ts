/** Which attributes of a resource the configuration sets: the others are what the provider made of it. */
import { listOf, objectOf, textOf } from "./json.ts";

/** Names of attributes and blocks by address, without indexes (`count`, `for_each`). Values are not looked at. */
export type Configured = ReadonlyMap<string, ReadonlySet<string>>;

export function configuredOf(configuration: unknown): Configured {
  const found = new Map<string, ReadonlySet<string>>();
  collect(objectOf(objectOf(configuration).root_module), "", found);
  return found;
}

function collect(module: Readonly<Record<string, unknown>>, prefix: string, found: Map<string, ReadonlySet<string>>): void {
  for (const resource of listOf(module.resources).map(objectOf)) {
    const address = textOf(resource.address);
    if (address !== undefined) found.set(prefix + address, new Set(Object.keys(objectOf(resource.expressions))));
  }
  for (const [name, call] of Object.entries(objectOf(module.module_calls))) {
    collect(objectOf(objectOf(call).module), `${prefix}module.${name}.`, found);
  }
}

/** An address as the configuration has it: `module.a[0].aws_vpc.main["x"]` is `module.a.aws_vpc.main` there. */
export function withoutIndexes(address: string): string {
  return address.replace(/\[(\d+|"(?:[^"\\]|\\.)*")\]/g, "");
}
