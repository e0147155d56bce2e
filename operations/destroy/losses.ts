/** What is lost with a stack, by its state. Pure. */
import { lossOf } from "../../review/stateful.ts";

/** Version 4 of Terraform's state, as far as it is read here. */
export interface State {
  readonly serial: number;
  readonly lineage: string;
  readonly outputs?: Readonly<Record<string, { readonly value: unknown }>>;
  readonly resources?: readonly StateResource[];
}

interface StateResource {
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly module?: string;
  readonly instances: readonly { readonly index_key?: string | number; readonly attributes?: Readonly<Record<string, unknown>> }[];
}

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
