/** Keys: whether they stay, turn, and who may use them. Their policies are read with all others (iam-documents.ts). */
import { foreignAccounts, ownAccount } from "../iam/accounts.ts";
import type { Statement } from "../iam/document.ts";
import { documentChanges } from "../iam/documents.ts";
import { covers } from "../iam/glob.ts";
import type { Danger, Detector, Finding, StackPlan } from "../model.ts";
import { findingOn, type Kind, settings } from "../reading/changes.ts";
import { changes, type Switch, shrinks, switched, turnsOff, turnsOn } from "../reading/switches.ts";
import { objectsOf, textOf, textsOf } from "../reading/values.ts";

const keys = ["aws_kms_key", "aws_kms_replica_key", "aws_kms_external_key"];

const disabled: Kind = {
  rule: "kms-disabled",
  danger: "danger",
  because: "Nothing that it encrypted can be read while it is off: volumes, secrets, states",
};
const window: Kind = {
  rule: "kms-deletion-window",
  danger: "caution",
  because: "There is less time to notice that a key is on its way out; what it encrypted is lost with it",
};
const rotation: Kind = {
  rule: "kms-rotation-off",
  danger: "caution",
  because: "One key for ever protects all that was ever written (FSBP KMS.4)",
};
const check: Kind = {
  rule: "kms-lockout-check-off",
  danger: "danger",
  because: "A policy that locks everybody out is then taken; only AWS Support can undo it",
};
const alias: Kind = {
  rule: "kms-alias-moved",
  danger: "caution",
  because: "Whoever names the alias uses another key from now on; what the old one encrypted still needs it",
};
const lost: Kind = {
  rule: "kms-root-removed",
  danger: "danger",
  because: 'Without the account\'s root in its policy nobody may be left who can change or use the key (KMS guide, "Default key policy")',
};
const granted: Omit<Kind, "danger"> = {
  rule: "kms-grant",
  because: "A grant lets a principal use the key beside its policy, and is seen by few",
  remedy: "name the operations, and bind it to an encryption context",
};

const rows: readonly Switch[] = [
  { types: keys, path: ["is_enabled"], tells: turnsOff, onCreate: false, kind: disabled, what: "is disabled" },
  { types: keys, path: ["enabled"], tells: turnsOff, onCreate: false, kind: disabled, what: "is disabled" },
  { types: keys, path: ["deletion_window_in_days"], tells: shrinks, onCreate: false, kind: window, what: "would be deleted sooner" },
  {
    types: ["aws_kms_key"],
    path: ["enable_key_rotation"],
    tells: turnsOff,
    onCreate: false,
    kind: rotation,
    what: "is not rotated any more",
  },
  {
    types: keys,
    path: ["bypass_policy_lockout_safety_check"],
    tells: turnsOn,
    onCreate: true,
    kind: check,
    what: "may lock everybody out",
  },
  { types: ["aws_kms_alias"], path: ["target_key_id"], tells: changes, onCreate: false, kind: alias, what: "names another key" },
];

export const kmsKeys: Detector = (plan) => [...switched(plan, rows), ...unrotated(plan), ...roots(plan), ...grants(plan)];

/** Only symmetric keys with material of AWS can turn. */
function unrotated(plan: StackPlan): readonly Finding[] {
  return settings(plan).flatMap(({ type, action, address, after }) => {
    const symmetric = textOf(after?.customer_master_key_spec) ?? "SYMMETRIC_DEFAULT";
    const isOff =
      type === "aws_kms_key" && action === "create" && after?.enable_key_rotation === false && symmetric === "SYMMETRIC_DEFAULT";
    return isOff ? [findingOn(plan, address, rotation, "is not rotated")] : [];
  });
}

function roots(plan: StackPlan): readonly Finding[] {
  if (!plan.changes.some(({ type }) => type.startsWith("aws_kms_"))) return [];
  return documentChanges(plan)
    .filter(
      ({ change, before, after }) =>
        change.type.startsWith("aws_kms_") && change.action !== "delete" && before?.some(isRoots) && after && !after.some(isRoots),
    )
    .map(({ change }) => findingOn(plan, change.address, lost, "its policy no longer lets the account administer it"));
}

function isRoots({ effect, principals, actions }: Statement): boolean {
  const everything = actions.patterns.some((pattern) => covers(pattern.toLowerCase(), "kms:*"));
  return effect === "Allow" && everything && principals.patterns.some((principal) => /^AWS:.*:root$/.test(principal));
}

function grants(plan: StackPlan): readonly Finding[] {
  return settings(plan).flatMap(({ type, address, action, before, after }) => {
    if (type !== "aws_kms_grant" || after === null) return [];
    const grantee = textOf(after.grantee_principal);
    const [was, operations] = [textsOf(before?.operations), textsOf(after.operations)];
    const more = operations.filter((operation) => !was.includes(operation));
    const isSame = action !== "create" && before?.grantee_principal === after.grantee_principal && more.length === 0;
    const looser = before !== null && objectsOf(before.constraints).length > 0 && objectsOf(after.constraints).length === 0;
    if (isSame && !looser) return [];
    const principals = { except: false, patterns: grantee === undefined ? [] : [`AWS:${grantee}`] };
    const own = ownAccount(plan);
    const isForeign = own !== undefined && foreignAccounts(principals, own).length > 0;
    const danger: Danger = isForeign || operations.includes("CreateGrant") || looser ? "danger" : "caution";
    return [
      findingOn(plan, address, { ...granted, danger }, looser ? "a grant loses its constraint" : "somebody may use the key", [
        `${grantee ?? "(known after apply)"}: ${operations.join(", ")}`,
      ]),
    ];
  });
}
