/** Buckets: who reads them, what is kept, under which key. Bucket policies are read with all other policies (iam-documents.ts). */
import type { Detector, Finding, Json, StackPlan } from "../model.ts";
import { deletedNames, findingOn, type Kind } from "../reading/changes.ts";
import { changes, type Switch, switched, turnsOff } from "../reading/switches.ts";
import { numberOf, objectsOf, textOf, valueAt } from "../reading/values.ts";

const open: Kind = {
  rule: "s3-public-access-block-off",
  danger: "danger",
  because: "Nothing then stops a policy or ACL that makes the bucket public, today or tomorrow (FSBP S3.8)",
  remedy: "keep all four on; publish through CloudFront",
};
const acl: Kind = {
  rule: "s3-public-acl",
  danger: "danger",
  because: "Everybody in the internet, or with an AWS account, may read or write it",
  remedy: "grant by a bucket policy that names principals",
};
const owner: Kind = { rule: "s3-ownership", danger: "caution", because: "ACLs decide again, and whoever uploads an object owns it" };
const versions: Kind = {
  rule: "s3-versioning-off",
  danger: "danger",
  because: "An overwritten or deleted object cannot be brought back",
  remedy: "keep it Enabled; limit old versions by a lifecycle rule",
};
const key: Kind = {
  rule: "s3-encryption-weaker",
  danger: "caution",
  because: "What is written from now on is readable for whoever may read the bucket; the key no longer decides",
};
const lock: Kind = { rule: "s3-object-lock-weaker", danger: "danger", because: "What had to stay can be deleted sooner" };
const website: Kind = { rule: "s3-website", danger: "caution", because: "A website endpoint is there to be read by everybody" };
const gone: Kind = { rule: "s3-safety-removed", danger: "caution", because: "The bucket stays, and loses it" };

const blocks = ["aws_s3_bucket_public_access_block", "aws_s3_account_public_access_block"];
const flags = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"];
const config = ["aws_s3_bucket_server_side_encryption_configuration"];
const byDefault = ["rule", "apply_server_side_encryption_by_default"];

const isPublicAcl: Switch["tells"] = (after, before) => /^(public-|authenticated-)/.test(textOf(after) ?? "") && after !== before;
const notEnabled: Switch["tells"] = (after, before) => after !== "Enabled" && (before === undefined || before === "Enabled");
const leaves =
  (value: Json): Switch["tells"] =>
  (after, before) =>
    before === value && after !== value;
const leavesKms: Switch["tells"] = (after, before) => /^aws:kms/.test(textOf(before) ?? "") && !/^aws:kms/.test(textOf(after) ?? "");
const fewer: Switch["tells"] = (after, before) => (numberOf(after) ?? 0) < (numberOf(before) ?? 0);

const rows: readonly Switch[] = [
  ...flags.map((flag): Switch => ({ types: blocks, path: [flag], tells: turnsOff, onCreate: true, kind: open, what: `${flag} is off` })),
  {
    types: ["aws_s3_bucket_acl", "aws_s3_bucket"],
    path: ["acl"],
    tells: isPublicAcl,
    onCreate: true,
    kind: acl,
    what: "is public by its ACL",
  },
  {
    types: ["aws_s3_bucket_ownership_controls"],
    path: ["rule", "object_ownership"],
    tells: leaves("BucketOwnerEnforced"),
    onCreate: false,
    kind: owner,
    what: "ACLs are back",
  },
  {
    types: ["aws_s3_bucket_versioning"],
    path: ["versioning_configuration", "status"],
    tells: notEnabled,
    onCreate: true,
    kind: versions,
    what: "keeps no old versions",
  },
  {
    types: config,
    path: [...byDefault, "sse_algorithm"],
    tells: leavesKms,
    onCreate: false,
    kind: key,
    what: "is no longer encrypted with a KMS key",
  },
  {
    types: config,
    path: [...byDefault, "kms_master_key_id"],
    tells: (after, before) => textOf(before) !== undefined && after !== before,
    onCreate: false,
    kind: key,
    what: "is encrypted with another key",
  },
  {
    types: ["aws_s3_bucket_object_lock_configuration"],
    path: ["rule", "default_retention", "days"],
    tells: fewer,
    onCreate: false,
    kind: lock,
    what: "is locked for fewer days",
  },
  {
    types: ["aws_s3_bucket_object_lock_configuration"],
    path: ["rule", "default_retention", "years"],
    tells: fewer,
    onCreate: false,
    kind: lock,
    what: "is locked for fewer years",
  },
  {
    types: ["aws_s3_bucket_object_lock_configuration"],
    path: ["rule", "default_retention", "mode"],
    tells: leaves("COMPLIANCE"),
    onCreate: false,
    kind: lock,
    what: "its lock can be taken off by administrators",
  },
  { types: ["aws_s3_bucket_website_configuration"], path: ["bucket"], tells: changes, onCreate: true, kind: website, what: "is a website" },
];

/** What a bucket loses with a resource that configures it. */
const configures: Readonly<Record<string, readonly [Kind, string]>> = {
  aws_s3_bucket_public_access_block: [open, "its block of public access is removed"],
  aws_s3_account_public_access_block: [open, "the account's block of public access is removed"],
  aws_s3_bucket_versioning: [versions, "versioning is suspended"],
  aws_s3_bucket_object_lock_configuration: [lock, "its lock is removed"],
  aws_s3_bucket_server_side_encryption_configuration: [key, "its encryption falls back to S3's own key"],
  aws_s3_bucket_ownership_controls: [owner, "its ownership rule is removed"],
  aws_s3_bucket_logging: [gone, "its access log is removed"],
  aws_s3_bucket_replication_configuration: [gone, "its copies in another place stop"],
};

export const s3Buckets: Detector = (plan) => [...switched(plan, rows), ...removed(plan), ...grants(plan)];

function removed(plan: StackPlan): readonly Finding[] {
  const goes = deletedNames({ ...plan, changes: plan.changes.filter(({ type }) => type === "aws_s3_bucket") });
  return plan.changes.flatMap(({ type, action, address, before }) => {
    const [kind, what] = configures[type] ?? [];
    const bucket = textOf(before?.bucket);
    if (action !== "delete" || kind === undefined || what === undefined || (bucket !== undefined && goes.has(bucket))) return [];
    const isElsewhere = plan.planned.some((object) => object.type === type && bucket !== undefined && object.values.bucket === bucket);
    return isElsewhere ? [] : [findingOn(plan, address, kind, what)];
  });
}

/** Grants of an ACL to groups that are everybody. Source: S3 guide, "Access control list overview", predefined groups. */
function grants(plan: StackPlan): readonly Finding[] {
  return plan.changes.flatMap(({ type, action, address, before, after }) => {
    if (type !== "aws_s3_bucket_acl" || action === "delete") return [];
    const was = publicGroups(before);
    const more = publicGroups(after).filter((uri) => !was.includes(uri));
    return more.length === 0 ? [] : [findingOn(plan, address, acl, "is public by its ACL", more)];
  });
}

function publicGroups(values: Json): readonly string[] {
  return objectsOf(valueAt(values, ["access_control_policy"]))
    .flatMap((policy) => objectsOf(policy.grant))
    .flatMap((grant) => textOf(valueAt(grant, ["grantee", "uri"])) ?? [])
    .filter((uri) => uri.includes("/global/"));
}
