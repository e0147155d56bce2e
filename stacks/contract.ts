/**
 * A contract is what one stack promises to others: a record of named, typed values. The producer publishes all of them as Terraform
 * outputs of exactly these names; a consumer reads them from the producer's state. ADR 0002 says why there are no other references.
 */

/** One promised value. `text` is a string; `byZone` is a string per availability zone id. Never a secret: ARNs only. */
export interface Promised<Kind extends "text" | "byZone"> {
  readonly kind: Kind;
  readonly description: string;
}

export type Terms = Readonly<Record<string, Promised<"text"> | Promised<"byZone">>>;

export interface Contract<T extends Terms = Terms> {
  /** Stack that publishes it, without the environment's name. */
  readonly stack: StackName;
  readonly terms: T;
}

/** Values of a contract, as the producer gives them and as the consumer gets them (tokens). */
export type Values<T extends Terms> = {
  readonly [K in keyof T]: T[K] extends Promised<"text"> ? string : Readonly<Record<string, string>>;
};

/** Every state that this workspace knows, in the order in which they are applied. */
export const stackNames = ["state", "network", "cluster", "addons", "tenancy", "ci"] as const;
export type StackName = (typeof stackNames)[number];

/** `<environment>-<stack>`, for example dev-network. Here, where no binding is loaded: a file that only names stacks stays quick. */
export function stackId(environment: { readonly name: string }, stack: StackName): string {
  return `${environment.name}-${stack}`;
}

/** A single string, for example an id or an ARN. */
export function text(description: string): Promised<"text"> {
  return { kind: "text", description };
}

/** A string per availability zone id, for example the subnets of a tier. Keyed, so that adding a zone moves nothing. */
export function byZone(description: string): Promised<"byZone"> {
  return { kind: "byZone", description };
}

export function contract<const T extends Terms>(stack: StackName, terms: T): Contract<T> {
  return { stack, terms };
}
