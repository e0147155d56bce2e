/** What is lost with a stack, by its state. Pure. */
import { lossOf } from "../../review/stateful.ts";
import type { State } from "../terraform.ts";

export interface Loss {
  readonly address: string;
  /** Name or id in AWS; empty where the state has none. */
  readonly name: string;
  /** What cannot be made again; absent where a second apply makes it again. */
  readonly loss?: string;
}

/** Every managed object: what holds data, identity or addresses first, otherwise by address. */
export function lossesOf({ resources = [] }: State): Loss[] {
  const all = resources
    .filter(({ mode }) => mode === "managed")
    .flatMap(({ type, name, module, instances }) => {
      const loss = lossOf(type);
      return instances.map(({ index_key: key, attributes }): Loss => {
        const index = key === undefined ? "" : `[${JSON.stringify(key)}]`;
        return {
          address: `${module === undefined ? "" : `${module}.`}${type}.${name}${index}`,
          name: nameOf(attributes),
          ...(loss !== undefined && { loss }),
        };
      });
    });
  return all.sort((a, b) => Number(b.loss !== undefined) - Number(a.loss !== undefined) || (a.address < b.address ? -1 : 1));
}

/** The first of these that the state has. */
function nameOf(attributes: Readonly<Record<string, unknown>> = {}): string {
  const tags = attributes.tags_all as { readonly Name?: unknown } | null | undefined;
  const names = [attributes.bucket, attributes.name, tags?.Name, attributes.id];
  return String(names.find((name) => typeof name === "string" && name !== "") ?? "");
}
