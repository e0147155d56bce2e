/** Finds the documents that a plan changes, with all others of the same owner on both sides. */
import type { Json, JsonObject, ResourceChange, StackPlan } from "../model.ts";
import { documentOf, isObject } from "../plan/json.ts";
import { deletedNames, made } from "../reading/changes.ts";
import { isUnknownAt, objectsOf, textOf, valueAt } from "../reading/values.ts";
import { type Carrier, carriers } from "./carriers.ts";
import { readDocument, type Statement } from "./document.ts";

/** One document, before and after. */
export interface DocumentChange {
  readonly change: ResourceChange;
  readonly carrier: Carrier;
  /** Undefined where the text cannot be read. */
  readonly before: readonly Statement[] | undefined;
  readonly after: readonly Statement[] | undefined;
  /** Why the new text cannot be read. */
  readonly unreadable: string | undefined;
  readonly unknown: boolean;
  /** All documents of the owner together: moving a statement from one to another changes nothing. */
  readonly ownerBefore: readonly Statement[];
  readonly ownerAfter: readonly Statement[];
  /** The owner goes, too, so that a lost deny opens nothing. */
  readonly ownerGoes: boolean;
}

export function documentChanges(plan: StackPlan): readonly DocumentChange[] {
  const changes = made(plan).filter(({ type }) => carriers[type] !== undefined);
  if (changes.length === 0) return [];
  const [before, after] = [ownedBy(plan.present), ownedBy(plan.planned)];
  const gone = deletedNames(plan);
  const boundaries = boundariesOf(plan);
  return changes.flatMap((change) =>
    (carriers[change.type] ?? []).flatMap((found) => {
      const carrier: Carrier = boundaries.has(change.address) ? { ...found, role: "limit" } : found;
      const values = change.before ?? change.after;
      const owner = ownerOf(carrier, values);
      const goes = (change.action === "delete" && carrier.owner.length === 0) || ownerNames(carrier, values).some((name) => gone.has(name));
      return documentsOf(change, carrier).map(({ was, is, unknown }) => {
        const [old, now] = [readDocument(was), readDocument(is)];
        const oldStatements = "statements" in old ? old.statements : undefined;
        const statements = "statements" in now ? now.statements : undefined;
        return {
          change,
          carrier,
          before: oldStatements,
          after: unknown ? undefined : statements,
          unreadable: unknown || !("why" in now) ? undefined : now.why,
          unknown,
          ownerBefore: [...(oldStatements ?? []), ...(before.get(owner ?? "") ?? [])],
          ownerAfter: [...(statements ?? []), ...(after.get(owner ?? "") ?? [])],
          ownerGoes: goes,
        };
      });
    }),
  );
}

interface Sides {
  readonly was: Json | undefined;
  readonly is: Json | undefined;
  readonly unknown: boolean;
}

/** Both sides of each document of a carrier; those in blocks are paired by the name of the block. */
function documentsOf(change: ResourceChange, carrier: Carrier): readonly Sides[] {
  const { before, after, action } = change;
  const unknown = action !== "delete" && isUnknownAt(change, carrier.path);
  const isOwn = !(unknown && carrier.computed && action === "create");
  if (!carrier.repeated) {
    return isOwn ? [{ was: valueAt(before ?? {}, carrier.path), is: valueAt(after ?? {}, carrier.path), unknown }] : [];
  }
  const [block = "", attribute = ""] = carrier.path.map(String);
  const texts = (values: JsonObject | null) => objectsOf(values?.[block]).flatMap((each) => readable(each[attribute]));
  if (!isOwn) return [];
  // Blocks are a set: one document of all of them is what the role has.
  return [{ was: { Statement: texts(before) }, is: { Statement: texts(after) }, unknown }];
}

/** Statements of a block's text; one that is no document counts as a statement that cannot be read. */
function readable(text: Json | undefined): readonly Json[] {
  const document = documentOf(text);
  if (!isObject(document)) return text === undefined || text === null ? [] : [{}];
  return objectsOf(document.Statement);
}

function ownerNames(carrier: Carrier, values: JsonObject | null): readonly string[] {
  return carrier.owner.flatMap((name) => textOf(values?.[name]) ?? []);
}

function ownerOf(carrier: Carrier, values: JsonObject | null): string | undefined {
  const [name] = ownerNames(carrier, values);
  return name === undefined ? undefined : `${carrier.role} ${name}`;
}

/** Statements by owner. What a provider fills in is left out: on the planned side it may be what was there before. */
function ownedBy(objects: StackPlan["present"]): ReadonlyMap<string, readonly Statement[]> {
  const result = new Map<string, Statement[]>();
  for (const { type, values } of objects) {
    for (const carrier of carriers[type] ?? []) {
      const owner = ownerOf(carrier, values);
      if (owner === undefined || carrier.computed || carrier.repeated) continue;
      const document = readDocument(valueAt(values, carrier.path));
      if ("statements" in document) result.set(owner, [...(result.get(owner) ?? []), ...document.statements]);
    }
  }
  return result;
}

/** Policies that are there as a boundary and attached to nobody: what they allow is the most that others may give, and gives nothing. */
function boundariesOf(plan: StackPlan): ReadonlySet<string> {
  const policies = plan.planned.filter(({ type }) => type === "aws_iam_policy");
  const [limiting, granting] = [new Set<string>(), new Set<string>()];
  const named = (arn: string | undefined) => policies.find(({ values }) => arn !== undefined && values.arn === arn)?.address;
  for (const { address, type, values } of plan.planned) {
    const references = (plan.references[address] ?? []).filter((name) => name.startsWith("aws_iam_policy."));
    if (type === "aws_iam_role" || type === "aws_iam_user") {
      const boundary = named(textOf(values.permissions_boundary));
      for (const name of boundary === undefined ? references : [boundary]) limiting.add(name);
    } else if (type.endsWith("_attachment")) {
      const attached = named(textOf(values.policy_arn));
      for (const name of attached === undefined ? references : [attached]) granting.add(name);
    }
  }
  return new Set([...limiting].filter((address) => !granting.has(address)));
}
