/** Who has which policies, limits and keys: attachments, permission boundaries, identity providers, long-lived credentials. */
import { type Attachment, attachmentsOf, attachmentTypes } from "../iam/attachments.ts";
import { readDocument } from "../iam/document.ts";
import { managedPolicies } from "../iam/escalation.ts";
import type { Danger, Detector, Finding, StackPlan } from "../model.ts";
import { planned, present } from "../network/side.ts";
import { deletedNames, findingOn, type Kind, settings } from "../reading/changes.ts";
import { changes, goes, type Switch, switched } from "../reading/switches.ts";
import { textOf, textsOf } from "../reading/values.ts";

const attached: Omit<Kind, "danger"> = {
  rule: "iam-policy-attached",
  because: "An attachment grants all that the policy says, now and after each of its later versions",
  remedy: "attach the narrow policy of the task",
};
const detached: Kind = { rule: "iam-policy-detached", danger: "info", because: "Whoever still needs it gets AccessDenied" };
const undenied: Kind = {
  rule: "iam-deny-removed",
  danger: "danger",
  because: "What the policy denied is open again to whoever some other policy allows it",
  remedy: "keep it attached, or say in the pull request what replaces it",
};
const boundary: Kind = {
  rule: "iam-boundary-removed",
  danger: "danger",
  because:
    'Without the boundary it may do all that its policies say, also those that it gives itself (IAM guide, "Permissions boundaries")',
  remedy: "keep the boundary",
};
const credential: Kind = {
  rule: "iam-long-lived-credential",
  danger: "danger",
  because: "It never ends by itself, and its secret is in the state (FSBP IAM.3)",
  remedy: "use a role: pod identity, OIDC for CI, single sign-on for people",
};
const provider: Kind = {
  rule: "iam-identity-provider",
  danger: "caution",
  because: "Whom it vouches for may assume the roles that trust it",
  remedy: "check the issuer and its clients",
};

const identities = ["aws_iam_role", "aws_iam_user", "aws_ssoadmin_permissions_boundary_attachment"];
const path = ["permissions_boundary"];
const other: Switch["tells"] = (after, before) => textOf(after) !== undefined && textOf(before) !== undefined;

const rows: readonly Switch[] = [
  { types: identities, path, tells: goes, onCreate: false, kind: boundary, what: "its permission boundary is removed" },
  {
    types: identities,
    path,
    tells: other,
    onCreate: false,
    kind: { ...boundary, rule: "iam-boundary-changed", danger: "caution" },
    what: "gets another permission boundary",
  },
  {
    types: ["aws_iam_openid_connect_provider"],
    path: ["url"],
    tells: changes,
    onCreate: false,
    kind: provider,
    what: "trusts another issuer",
  },
  {
    types: ["aws_iam_saml_provider"],
    path: ["saml_metadata_document"],
    tells: changes,
    onCreate: false,
    kind: provider,
    what: "trusts other signatures",
  },
  {
    types: ["aws_iam_access_key", "aws_iam_user_login_profile", "aws_iam_service_specific_credential"],
    path: ["user"],
    tells: changes,
    onCreate: true,
    kind: credential,
    what: "is a key or password that lasts",
  },
  {
    types: ["aws_iam_service_specific_credential"],
    path: ["user_name"],
    tells: (after) => textOf(after) !== undefined,
    onCreate: true,
    kind: credential,
    what: "is a password that lasts",
  },
];

export const iamIdentities: Detector = (plan) => [...switched(plan, rows), ...clients(plan), ...attachments(plan)];

/** Audiences whose tokens are believed. */
function clients(plan: StackPlan): readonly Finding[] {
  return settings(plan).flatMap(({ type, action, address, before, after }) => {
    if (type !== "aws_iam_openid_connect_provider" || action === "create") return [];
    const was = textsOf(before?.client_id_list);
    const more = textsOf(after?.client_id_list).filter((client) => !was.includes(client));
    return more.length === 0 ? [] : [findingOn(plan, address, provider, "believes tokens for more audiences", more)];
  });
}

function attachments(plan: StackPlan): readonly Finding[] {
  const changed = new Set(plan.changes.filter(({ type }) => attachmentTypes.has(type)).map(({ address }) => address));
  if (changed.size === 0) return [];
  const [before, after] = [attachmentsOf(present(plan)), attachmentsOf(planned(plan))];
  const missingIn =
    (others: readonly Attachment[]) =>
    ({ holder, policy, address }: Attachment) =>
      changed.has(address) && !others.some((each) => each.holder === holder && each.policy === policy);
  return [
    ...after.filter(missingIn(before)).flatMap((attachment) => newly(plan, attachment)),
    ...before.filter(missingIn(after)).flatMap((attachment) => lost(plan, attachment)),
  ];
}

/** A policy of this plan is told of where it is written; here only who gets it. */
function newly(plan: StackPlan, { address, holder, policy }: Attachment): readonly Finding[] {
  const tell = (danger: Danger, what: string) => [
    findingOn(plan, address, { ...attached, danger }, what, [`${holder}: ${policy ?? "(known after apply)"}`]),
  ];
  if (policy === undefined) return tell("caution", "attaches a policy that is known only after apply");
  const name = /^arn:[^:]*:iam::aws:policy\/(?:.*\/)?([^/]+)$/.exec(policy)?.[1];
  const risky = name === undefined ? undefined : managedPolicies.find((each) => each.name.test(name));
  return risky ? tell(risky.danger, `attaches ${name}: ${risky.why}`) : tell("info", "attaches a policy");
}

function lost(plan: StackPlan, { address, holder, policy }: Attachment): readonly Finding[] {
  const gone = deletedNames(plan);
  if (gone.has(holder.split(" ")[1] ?? "")) return [];
  const document = plan.present.find(({ type, values }) => type === "aws_iam_policy" && values.arn === policy)?.values.policy;
  const read = readDocument(document);
  const denies = "statements" in read && read.statements.some(({ effect }) => effect === "Deny");
  const isDenyAll = policy?.endsWith(":policy/AWSDenyAll") === true;
  const lines = [`${holder}: ${policy ?? "(unknown)"}`];
  return denies || isDenyAll
    ? [findingOn(plan, address, undenied, "a policy with a deny is detached", lines)]
    : [findingOn(plan, address, detached, "detaches a policy", lines)];
}
