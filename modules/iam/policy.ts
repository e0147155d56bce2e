/**
 * IAM policy documents as data. Each statement carries the reason why it exists; the reason stays in code, where reviewers read it. Plain
 * JSON instead of policy data sources: those add a read per policy to every plan and show changes as unknown (terraform#22617).
 */

export type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
/** Who a statement of a resource or trust policy is about; "*" only together with a condition. */
export type Principal = "*" | Readonly<{ service?: readonly string[]; aws?: readonly string[]; federated?: readonly string[] }>;

export interface Statement {
  readonly why: string;
  readonly effect: "Allow" | "Deny";
  readonly actions: readonly string[];
  /** Absent in trust policies only. */
  readonly resources?: readonly string[];
  /** Only in denials: they hold for everything but these. */
  readonly exceptResources?: readonly string[];
  readonly principal?: Principal;
  readonly condition?: Condition;
}

type OneOrMany = string | readonly string[];
const many = (value: OneOrMany): readonly string[] => (typeof value === "string" ? [value] : value);

/** Allows actions on resources. "*" as resource only where AWS has no resource-level permission; the reason then says so. */
export function allow(why: string, actions: OneOrMany, resources: OneOrMany, condition?: Condition): Statement {
  return { why, effect: "Allow", actions: many(actions), resources: many(resources), condition };
}

/** Denies actions on resources; wins over every allow. */
export function deny(why: string, actions: OneOrMany, resources: OneOrMany, condition?: Condition): Statement {
  return { why, effect: "Deny", actions: many(actions), resources: many(resources), condition };
}

/** Denies actions on everything but these resources. There is no such allow: it would grant what AWS will add tomorrow. */
export function denyExcept(why: string, actions: OneOrMany, exceptResources: OneOrMany): Statement {
  return { why, effect: "Deny", actions: many(actions), exceptResources: many(exceptResources) };
}

/** The same statement in a resource policy, about these principals. */
export function by(principal: Principal, statement: Statement): Statement {
  return { ...statement, principal };
}

/** Lets AWS services or roles assume a role. */
export function trust(
  why: string,
  principal: Exclude<Principal, "*">,
  actions: OneOrMany = "sts:AssumeRole",
  condition?: Condition,
): Statement {
  return { why, effect: "Allow", actions: many(actions), principal, condition };
}

/** The document as JSON text. Single values stay single, as AWS normalizes them, so that plans show no difference. */
export function policyDocument(...statements: readonly Statement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements.map(rendered) });
}

function rendered({ effect, actions, resources, exceptResources, principal, condition }: Statement) {
  return {
    Effect: effect,
    ...(principal && { Principal: principal === "*" ? "*" : renderedPrincipal(principal) }),
    Action: single(actions),
    ...(resources && { Resource: single(resources) }),
    ...(exceptResources && { NotResource: single(exceptResources) }),
    ...(condition && { Condition: condition }),
  };
}

function renderedPrincipal({ service, aws, federated }: Exclude<Principal, "*">) {
  return {
    ...(service && { Service: single(service) }),
    ...(aws && { AWS: single(aws) }),
    ...(federated && { Federated: single(federated) }),
  };
}

function single(values: readonly string[]): string | readonly string[] {
  return values.length === 1 && values[0] !== undefined ? values[0] : values;
}
