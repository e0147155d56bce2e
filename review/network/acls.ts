/**
 * What passes each network ACL in the end: rules by their number, the first that matches decides, the rest is denied. Source: VPC user
 * guide, "Network ACL rules".
 */
import type { Json, JsonObject, PlannedResource } from "../model.ts";
import { numberOf, objectsOf, textOf, textsOf } from "../reading/values.ts";
import { cidrSet } from "./addresses.ts";
import type { Direction } from "./groups.ts";
import type { Side } from "./side.ts";
import { type Flow, flowsOf, newTraffic, together } from "./traffic.ts";

export const aclTypes = ["aws_network_acl", "aws_default_network_acl"] as const;

interface Numbered {
  readonly number: number;
  readonly direction: Direction;
  readonly allows: boolean;
  readonly flows: readonly Flow[];
}

/** Rules of each ACL, by its address or id. */
export type Acls = ReadonlyMap<string, readonly Numbered[]>;

/**
 * Rules on one side. The provider also lists rules of their own resources among those of the ACL, as they were when it last looked: these
 * are left out where `managed` names them.
 */
export function aclsOf(side: Side, managed: ReadonlySet<string>): Acls {
  const acls = new Map<string, Numbered[]>();
  const add = (acl: string, rules: readonly Numbered[]) => acls.set(acl, [...(acls.get(acl) ?? []), ...rules]);
  for (const object of side.objects) {
    const { address, type, values } = object;
    if (isAcl(type)) {
      const own = (["ingress", "egress"] as const).flatMap((direction) =>
        objectsOf(values[direction]).map((block) => ruleOf(direction, block, block.rule_no, block.action)),
      );
      add(
        address,
        own.filter((rule) => !managed.has(idOf(address, rule))),
      );
    }
    if (type === "aws_network_acl_rule") {
      const direction = values.egress === true ? "egress" : "ingress";
      add(aclOf(side, object), [ruleOf(direction, values, values.rule_number, values.rule_action)]);
    }
  }
  return acls;
}

/** Rules that have a resource of their own on either side. */
export function separateRules(...sides: readonly Side[]): ReadonlySet<string> {
  return new Set(
    sides.flatMap((side) =>
      side.objects
        .filter(({ type }) => type === "aws_network_acl_rule")
        .map((object) => {
          const { egress, rule_number: number } = object.values;
          return idOf(aclOf(side, object), { direction: egress === true ? "egress" : "ingress", number: numberOf(number) ?? 0 });
        }),
    ),
  );
}

export const isAcl = (type: string) => (aclTypes as readonly string[]).includes(type);
const aclOf = (side: Side, object: PlannedResource) => side.target(object, "network_acl_id", aclTypes) ?? object.address;
const idOf = (acl: string, { direction, number }: Pick<Numbered, "direction" | "number">) => `${acl} ${direction} ${number}`;

function ruleOf(direction: Direction, values: JsonObject, number: Json | undefined, action: Json | undefined): Numbered {
  const blocks = [values.cidr_block, values.ipv6_cidr_block].flatMap((value) => textOf(value) ?? []);
  const [from, to] = [numberOf(values.from_port) ?? -1, numberOf(values.to_port) ?? -1];
  const flows = flowsOf(textsOf(values.protocol)[0] ?? "-1", from, to, cidrSet(blocks));
  return { number: numberOf(number) ?? 0, direction, allows: action === "allow", flows };
}

/** What is let through: each rule has a say only on what no rule before it decided. */
export function passing(rules: readonly Numbered[], direction: Direction): readonly Flow[] {
  const inOrder = rules.filter((rule) => rule.direction === direction).sort((one, other) => one.number - other.number);
  let decided: readonly Flow[] = [];
  let allowed: readonly Flow[] = [];
  for (const { allows, flows } of inOrder) {
    if (allows) allowed = together(allowed, newTraffic(decided, flows));
    decided = together(decided, flows);
  }
  return allowed;
}
