/** One labelled plan: what somebody changes, and what a review must say of it. */
import { parse, stringify } from "yaml";

export type Attributes = Record<string, unknown>;

/** A cdk.tf.json that a case may change in place. */
export interface Draft {
  terraform: Attributes;
  provider: Record<string, Attributes[]>;
  resource: Record<string, Record<string, Attributes>>;
  data?: Record<string, Record<string, Attributes>>;
  output?: Record<string, Attributes>;
  moved?: { from: string; to: string }[];
  removed?: Attributes[];
  import?: Attributes[];
  check?: Record<string, Attributes>;
}

/** `sample` is a stack of the corpus (sample.ts), `delivery` is CI of the shared environment; the others are stacks of prod. */
export type Base = "sample" | "state" | "network" | "cluster" | "addons" | "tenancy" | "ci" | "delivery";

export interface Case {
  /** File name of the plan, without suffix. */
  readonly id: string;
  readonly base: Base;
  /**
   * Rules of which at least one must be found, with danger or caution; none: harmless, and nothing but information may be found. An address
   * that holds this text must be among them, so that the right thing is named.
   */
  readonly finds: readonly string[];
  readonly at?: string;
  readonly change: (draft: Draft) => void;
}

/** An expression that reads an attribute. */
export function ref(attribute: string): string {
  return `\${${attribute}}`;
}

/** Attributes of a resource, to be changed. Throws where the base has none of that address: the case would label nothing. */
export function at(draft: Draft, address: string): Attributes {
  const [type = "", name = ""] = address.split(".");
  const found = draft.resource[type]?.[name];
  if (!found) throw new Error(`no ${address} in the base`);
  return found;
}

/** Changes attributes of a resource. */
export function set(address: string, attributes: Attributes): Case["change"] {
  return (draft) => void Object.assign(at(draft, address), attributes);
}

/** Adds a resource. */
export function add(address: string, attributes: Attributes): Case["change"] {
  return (draft) => {
    const [type = "", name = ""] = address.split(".");
    draft.resource[type] = { ...draft.resource[type], [name]: attributes };
  };
}

/** Takes resources away. */
export function remove(...addresses: readonly string[]): Case["change"] {
  return (draft) => {
    for (const address of addresses) {
      at(draft, address);
      const [type = "", name = ""] = address.split(".");
      delete draft.resource[type]?.[name];
      if (Object.keys(draft.resource[type] ?? {}).length === 0) delete draft.resource[type];
    }
    for (const named of Object.values(draft.resource)) for (const attributes of Object.values(named)) letGo(attributes, addresses);
  };
}

/** Nobody waits for what is gone. */
function letGo(attributes: Attributes, addresses: readonly string[]): void {
  const { depends_on: needed } = attributes;
  if (Array.isArray(needed)) attributes.depends_on = needed.filter((address) => !addresses.includes(address));
}

/** Changes the policy document that an attribute holds as JSON text. */
export function policy(address: string, attribute: string, edit: (document: PolicyDocument) => void): Case["change"] {
  return (draft) => {
    const attributes = at(draft, address);
    const document = JSON.parse(String(attributes[attribute])) as PolicyDocument;
    edit(document);
    attributes[attribute] = JSON.stringify(document);
  };
}

export interface Statement {
  Sid?: string;
  Effect: "Allow" | "Deny";
  Principal?: unknown;
  NotPrincipal?: unknown;
  Action?: string | string[];
  NotAction?: string | string[];
  Resource?: string | string[];
  NotResource?: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}
export interface PolicyDocument {
  Version: string;
  Statement: Statement[];
}

/** Changes the values of a release, which are one YAML document. */
export function values(address: string, edit: (values: Attributes) => void): Case["change"] {
  return (draft) => {
    const attributes = at(draft, address);
    const [text = ""] = attributes.values as string[];
    const tree = parse(text) as Attributes;
    edit(tree);
    attributes.values = [stringify(tree, { lineWidth: 0 })];
  };
}

/** Follows a path; maps that are missing on the way are made, list items are named by their index. */
export function within(tree: Attributes, path: readonly string[]): Attributes {
  return path.reduce<Attributes>((node, name) => {
    node[name] ??= {};
    return node[name] as Attributes;
  }, tree);
}

/** Changes one value of a release; undefined takes it away. */
export function value(address: string, path: readonly string[], wanted: unknown): Case["change"] {
  return values(address, (tree) => {
    const parent = within(tree, path.slice(0, -1));
    const last = path.at(-1) ?? "";
    if (wanted === undefined) delete parent[last];
    else parent[last] = wanted;
  });
}

/** One change after the other. */
export function all(...changes: readonly Case["change"][]): Case["change"] {
  return (draft) => {
    for (const change of changes) change(draft);
  };
}
