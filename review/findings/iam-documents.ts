/**
 * Policies by statement: what a change grants, takes away, and what of that is dangerous. Compared is what documents let pass, not their
 * text: order, Sids, and how permissions are spread over statements and documents of a role are no change.
 */
import { ownAccount } from "../iam/accounts.ts";
import { absolute, excess } from "../iam/compare.ts";
import { type DocumentChange, documentChanges } from "../iam/documents.ts";
import { judgeGrants, unremarkable } from "../iam/judge.ts";
import { statementText } from "../iam/text.ts";
import type { Detector, Finding, StackPlan } from "../model.ts";
import { findingOn, type Kind } from "../reading/changes.ts";

const kinds = {
  granted: { rule: "iam-granted", danger: "info", because: "Permissions that were not there before" },
  limit: {
    rule: "iam-limit-widened",
    danger: "caution",
    because: "A boundary or service control policy holds back what others may do; what it allows more, they may do from now on",
    remedy: "check what those who have it are allowed by their own policies",
  },
  revoked: { rule: "iam-revoked", danger: "info", because: "Whoever still needs it gets AccessDenied" },
  denied: { rule: "iam-denied", danger: "info", because: "A deny wins over every allow" },
  lockout: {
    rule: "iam-lockout",
    danger: "danger",
    because: "A deny of everything for everyone locks out who applies it, too",
    remedy: "except the roles that administer it",
  },
  undenied: {
    rule: "iam-deny-removed",
    danger: "danger",
    because: "What the deny held back is open again to whoever some other policy allows it",
    remedy: "keep the deny, or say in the pull request what replaces it",
  },
  unknown: {
    rule: "iam-policy-unknown",
    danger: "caution",
    because: "Nobody can review what is known only after apply",
    remedy: "name ARNs by the names that you give, not by attributes that AWS computes",
  },
  unreadable: {
    rule: "iam-policy-unreadable",
    danger: "caution",
    because: "What cannot be read cannot be reviewed",
    remedy: "write the policy as a JSON document that is not sensitive",
  },
} as const satisfies Readonly<Record<string, Kind>>;

export const iamDocuments: Detector = (plan) => {
  const documents = documentChanges(plan);
  const own = documents.length > 0 ? ownAccount(plan) : undefined;
  return [...documents.flatMap((document) => findingsOf(plan, document, own)), ...unknownOfNew(plan, documents)];
};

/** Documents of new objects often name other new objects: one finding for all of them. */
function unknownOfNew(plan: StackPlan, documents: readonly DocumentChange[]): readonly Finding[] {
  const addresses = documents
    .filter(({ unknown, change }) => unknown && change.action === "create")
    .map(({ change }) => change.address)
    .sort();
  const [first] = addresses;
  if (first === undefined) return [];
  const title =
    addresses.length === 1
      ? "its policy is known only after apply"
      : `its policy is known only after apply, and those of ${addresses.length - 1} more new objects`;
  return [findingOn(plan, first, kinds.unknown, title, addresses)];
}

function findingsOf(plan: StackPlan, document: DocumentChange, own: string | undefined): readonly Finding[] {
  const { change, before, after, unknown, unreadable } = document;
  const at = (kind: Kind, title: string, lines: readonly string[] = []) => findingOn(plan, change.address, kind, title, lines);
  if (unknown) return change.action === "create" ? [] : [at(kinds.unknown, "its new policy is known only after apply")];
  if (unreadable !== undefined) return [at(kinds.unreadable, `its policy cannot be read: ${unreadable}`)];
  if (after === undefined) return [];
  const isLimit = document.carrier.role === "limit";
  const granted = excess(allows(after), document.ownerBefore, absolute(document.ownerAfter));
  // With its object the policy goes, too: that is told as what it is.
  const revoked = document.ownerGoes ? [] : excess(allows(before ?? []), document.ownerAfter);
  const undenied = document.ownerGoes ? [] : excess(denies(before ?? []), document.ownerAfter);
  const denied = excess(denies(after), document.ownerBefore);
  const locking = denied.filter(
    ({ statement }) => change.action !== "create" && document.carrier.role === "resource" && isLockout(statement),
  );
  // What a finding says more of is not said twice.
  const plain = isLimit ? granted : unremarkable({ plan, document, granted, own });
  const lines = (parts: typeof granted, sign: string) => parts.map(({ statement }) => `${sign} ${statementText(statement)}`);
  return [
    ...(isLimit ? [] : judgeGrants({ plan, document, granted, own })),
    ...some(undenied, (parts) => at(kinds.undenied, "a deny is taken away", lines(parts, "-"))),
    ...some(locking, (parts) => at(kinds.lockout, "everything is denied to everyone", lines(parts, "+"))),
    ...some(plain, (parts) =>
      at(isLimit && change.action !== "create" ? kinds.limit : kinds.granted, `${isLimit ? "allows" : "grants"} more`, lines(parts, "+")),
    ),
    ...some(denied, (parts) => at(kinds.denied, "denies more", lines(parts, "+"))),
    ...some(revoked, (parts) => at(kinds.revoked, "grants less", lines(parts, "-"))),
  ];
}

const allows = (statements: NonNullable<DocumentChange["after"]>) => statements.filter(({ effect }) => effect === "Allow");
const denies = (statements: NonNullable<DocumentChange["after"]>) => statements.filter(({ effect }) => effect === "Deny");

function some<Item>(items: readonly Item[], make: (items: readonly Item[]) => Finding): readonly Finding[] {
  return items.length === 0 ? [] : [make(items)];
}

function isLockout({ principals, actions, conditions }: NonNullable<DocumentChange["after"]>[number]): boolean {
  return (
    conditions.length === 0 &&
    !principals.except &&
    principals.patterns.includes("*") &&
    actions.patterns.some((name) => /(^|:)\*$/.test(name))
  );
}
