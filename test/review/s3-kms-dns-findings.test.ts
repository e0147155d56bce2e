import { expect, test } from "@jest/globals";
import { dnsRecords } from "../../review/findings/dns-records.ts";
import { ecrRepositories } from "../../review/findings/ecr-repositories.ts";
import { kmsKeys } from "../../review/findings/kms-keys.ts";
import { s3Buckets } from "../../review/findings/s3-buckets.ts";
import { s3Lifecycle } from "../../review/findings/s3-lifecycle.ts";
import { afterApply, type Change, created, deleted, plan, unchanged, updated, type Values } from "./plans.ts";
import { alarms } from "./told.ts";

const on: Values = {
  bucket: "b",
  block_public_acls: true,
  block_public_policy: true,
  ignore_public_acls: true,
  restrict_public_buckets: true,
};
const versioned = (status: string): Values => ({ bucket: "b", versioning_configuration: [{ status }] });
const encrypted = (sse_algorithm: string, kms_master_key_id: string | null): Values => ({
  bucket: "b",
  rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm, kms_master_key_id }] }],
});
const group = (name: string): Values => ({
  access_control_policy: [{ grant: [{ permission: "READ", grantee: [{ uri: `http://acs.amazonaws.com/groups/${name}` }] }] }],
});

test.each<[string, readonly Change[], readonly string[]]>([
  [
    "block off",
    [updated("aws_s3_bucket_public_access_block.b", on, { ...on, block_public_policy: false })],
    ["danger s3-public-access-block-off"],
  ],
  [
    "block off, new",
    [created("aws_s3_bucket_public_access_block.b", { ...on, restrict_public_buckets: false })],
    ["danger s3-public-access-block-off"],
  ],
  ["block on", [created("aws_s3_bucket_public_access_block.b", on)], []],
  ["block removed", [deleted("aws_s3_bucket_public_access_block.b", on)], ["danger s3-public-access-block-off"]],
  [
    "block removed with its bucket",
    [deleted("aws_s3_bucket.b", { id: "b", bucket: "b" }), deleted("aws_s3_bucket_public_access_block.b", on)],
    [],
  ],
  [
    "block under another address",
    [deleted("aws_s3_bucket_public_access_block.b", on), created("aws_s3_bucket_public_access_block.c", on)],
    [],
  ],
  ["a public ACL", [created("aws_s3_bucket_acl.b", { acl: "public-read" })], ["danger s3-public-acl"]],
  ["a private ACL", [created("aws_s3_bucket_acl.b", { acl: "private" })], []],
  ["a grant to everybody", [created("aws_s3_bucket_acl.b", group("global/AllUsers"))], ["danger s3-public-acl"]],
  ["a grant to log delivery", [created("aws_s3_bucket_acl.b", group("s3/LogDelivery"))], []],
  ["no versions", [updated("aws_s3_bucket_versioning.b", versioned("Enabled"), versioned("Suspended"))], ["danger s3-versioning-off"]],
  ["versions", [updated("aws_s3_bucket_versioning.b", versioned("Suspended"), versioned("Enabled"))], []],
  ["versions, new", [created("aws_s3_bucket_versioning.b", versioned("Enabled"))], []],
  [
    "S3's own key",
    [updated("aws_s3_bucket_server_side_encryption_configuration.b", encrypted("aws:kms", "k"), encrypted("AES256", null))],
    ["caution s3-encryption-weaker", "caution s3-encryption-weaker"],
  ],
  [
    "a key of ours",
    [updated("aws_s3_bucket_server_side_encryption_configuration.b", encrypted("AES256", null), encrypted("aws:kms", "k"))],
    [],
  ],
  [
    "ACLs again",
    [
      updated(
        "aws_s3_bucket_ownership_controls.b",
        { rule: [{ object_ownership: "BucketOwnerEnforced" }] },
        { rule: [{ object_ownership: "ObjectWriter" }] },
      ),
    ],
    ["caution s3-ownership"],
  ],
  [
    "a shorter lock",
    [
      updated(
        "aws_s3_bucket_object_lock_configuration.b",
        { rule: [{ default_retention: [{ days: 30 }] }] },
        { rule: [{ default_retention: [{ days: 7 }] }] },
      ),
    ],
    ["danger s3-object-lock-weaker"],
  ],
  ["a website", [created("aws_s3_bucket_website_configuration.b", { bucket: "b" })], ["caution s3-website"]],
  [
    "tags",
    [updated("aws_s3_bucket.b", { bucket: "b", acl: "public-read", tags: {} }, { bucket: "b", acl: "public-read", tags: { a: "b" } })],
    [],
  ],
])("buckets: %s", (_, changes, expected) => expect(alarms(s3Buckets, plan({ changes }))).toEqual(expected));

const expires = (days: number, filter: Values = {}, more: Values = {}): Values => ({
  id: "a",
  status: "Enabled",
  expiration: [{ days }],
  filter: [filter],
  ...more,
});
const rules = (...list: readonly Values[]): Values => ({ bucket: "b", rule: list });
const bucket = unchanged("aws_s3_bucket.b", { id: "b", bucket: "b" });
const life = (before: Values, after: Values) => [bucket, updated("aws_s3_bucket_lifecycle_configuration.l", before, after)];

test.each<[string, readonly Change[], readonly string[]]>([
  ["shorter", life(rules(expires(90)), rules(expires(30))), ["caution s3-lifecycle-shorter"]],
  ["longer", life(rules(expires(30)), rules(expires(90))), []],
  ["for the first time", life(rules(), rules(expires(90))), ["caution s3-lifecycle-shorter"]],
  ["another id", life(rules(expires(90)), rules(expires(90, {}, { id: "b" }))), []],
  ["a part that was no sooner", life(rules(expires(30)), rules(expires(30), expires(60, { prefix: "logs/" }))), []],
  ["a part sooner", life(rules(expires(30)), rules(expires(30), expires(7, { prefix: "logs/" }))), ["caution s3-lifecycle-shorter"]],
  ["off", life(rules(expires(90)), rules(expires(30, {}, { status: "Disabled" }))), []],
  [
    "old versions",
    life(rules(), rules({ id: "a", status: "Enabled", noncurrent_version_expiration: [{ noncurrent_days: 30 }] })),
    ["caution s3-lifecycle-shorter"],
  ],
  [
    "moved to another class",
    life(rules(), rules({ id: "a", status: "Enabled", transition: [{ days: 30, storage_class: "GLACIER" }] })),
    [],
  ],
  [
    "of a new bucket",
    [created("aws_s3_bucket.b", { bucket: "b" }), created("aws_s3_bucket_lifecycle_configuration.l", rules(expires(7)))],
    [],
  ],
])("lifecycle: %s", (_, changes, expected) => expect(alarms(s3Lifecycle, plan({ changes }))).toEqual(expected));

const key = (more: Values): Change =>
  updated(
    "aws_kms_key.k",
    { is_enabled: true, enable_key_rotation: true, deletion_window_in_days: 30 },
    { is_enabled: true, enable_key_rotation: true, deletion_window_in_days: 30, ...more },
  );
const statement = (AWS: string, Action: string) => ({ Effect: "Allow", Principal: { AWS }, Action, Resource: "*" });
const policy = (...statements: readonly object[]): Values => ({ key_id: "k", policy: JSON.stringify({ Statement: statements }) });
const root = "arn:aws:iam::111122223333:root";
const grant = (operations: readonly string[], more: Values = {}): Values => ({
  key_id: "k",
  grantee_principal: "arn:aws:iam::111122223333:role/a",
  operations,
  constraints: [],
  ...more,
});

test.each<[string, Change, readonly string[]]>([
  ["disabled", key({ is_enabled: false }), ["danger kms-disabled"]],
  ["no rotation", key({ enable_key_rotation: false }), ["caution kms-rotation-off"]],
  ["no rotation, new", created("aws_kms_key.k", { enable_key_rotation: false }), ["caution kms-rotation-off"]],
  ["no rotation, of a signing key", created("aws_kms_key.k", { enable_key_rotation: false, customer_master_key_spec: "RSA_2048" }), []],
  ["deleted sooner", key({ deletion_window_in_days: 7 }), ["caution kms-deletion-window"]],
  ["deleted later", updated("aws_kms_key.k", { deletion_window_in_days: 7 }, { deletion_window_in_days: 30 }), []],
  [
    "without its root",
    updated(
      "aws_kms_key.k",
      policy(statement(root, "kms:*"), statement("arn:aws:iam::111122223333:role/a", "kms:Decrypt")),
      policy(statement("arn:aws:iam::111122223333:role/a", "kms:Decrypt")),
    ),
    ["danger kms-root-removed"],
  ],
  [
    "with its root, otherwise written",
    updated("aws_kms_key.k", policy(statement(root, "kms:*")), policy(statement("111122223333", "KMS:*"))),
    [],
  ],
  ["the alias of another", updated("aws_kms_alias.a", { target_key_id: "a" }, { target_key_id: "b" }), ["caution kms-alias-moved"]],
  ["a grant", created("aws_kms_grant.g", grant(["Decrypt"])), ["caution kms-grant"]],
  ["a grant to grant", created("aws_kms_grant.g", grant(["CreateGrant"])), ["danger kms-grant"]],
  [
    "a grant without its constraint",
    updated("aws_kms_grant.g", grant(["Decrypt"], { constraints: [{ encryption_context_equals: { a: "b" } }] }), grant(["Decrypt"])),
    ["danger kms-grant"],
  ],
  ["a grant of less", updated("aws_kms_grant.g", grant(["Decrypt", "Encrypt"]), grant(["Decrypt"])), []],
])("keys: %s", (_, change, expected) => expect(alarms(kmsKeys, plan({ changes: [change] }))).toEqual(expected));

const record = (type: string, records: readonly string[], more: Values = {}): Values => ({
  zone_id: "Z1",
  name: "app.example.com",
  type,
  ttl: 300,
  records,
  ...more,
});
const r = "aws_route53_record.r";

test.each<[string, readonly Change[], readonly string[]]>([
  ["removed", [deleted(r, record("A", ["192.0.2.1"]))], ["caution dns-record-removed"]],
  ["under another address", [deleted(r, record("A", ["192.0.2.1"])), created("aws_route53_record.s", record("A", ["192.0.2.1"]))], []],
  [
    "under another address, elsewhere",
    [deleted(r, record("A", ["192.0.2.1"])), created("aws_route53_record.s", record("A", ["192.0.2.2"]))],
    ["caution dns-record-changed"],
  ],
  ["elsewhere", [updated(r, record("A", ["192.0.2.1"]), record("A", ["192.0.2.2"]))], ["caution dns-record-changed"]],
  ["another order", [updated(r, record("A", ["192.0.2.1", "192.0.2.2"]), record("A", ["192.0.2.2", "192.0.2.1"]))], []],
  ["a trailing dot", [updated(r, record("CNAME", ["a.example.com"]), record("CNAME", ["a.example.com."]))], []],
  [
    "an alias",
    [updated(r, record("A", [], { alias: [{ name: "a" }] }), record("A", [], { alias: [{ name: "b" }] }))],
    ["caution dns-record-changed"],
  ],
  ["to who knows", [updated(r, record("A", ["192.0.2.1"]), { ...record("A", []), records: afterApply })], ["caution dns-record-changed"]],
  ["a verification text", [updated(r, record("TXT", ["a"]), record("TXT", ["b"]))], []],
  ["delegation", [updated(r, record("NS", ["ns-1"]), record("NS", ["ns-2"]))], ["danger dns-delegation-changed"]],
  ["delegation removed", [deleted(r, record("NS", ["ns-1"]))], ["danger dns-delegation-changed"]],
  ["new", [created(r, record("A", ["192.0.2.1"]))], []],
  ["a TTL", [updated(r, record("A", ["192.0.2.1"]), record("A", ["192.0.2.1"], { ttl: 60 }))], []],
  [
    "another share",
    [
      updated(
        r,
        record("A", ["192.0.2.1"], { weighted_routing_policy: [{ weight: 90 }] }),
        record("A", ["192.0.2.1"], { weighted_routing_policy: [{ weight: 10 }] }),
      ),
    ],
    ["caution dns-traffic-moved"],
  ],
  [
    "the zone",
    [deleted("aws_route53_zone.z", { id: "Z1", zone_id: "Z1" }), deleted(r, record("A", ["192.0.2.1"]))],
    ["danger dns-zone-removed"],
  ],
  [
    "no signatures",
    [updated("aws_route53_hosted_zone_dnssec.d", { signing_status: "SIGNING" }, { signing_status: "NOT_SIGNING" })],
    ["danger dns-signing-off"],
  ],
  [
    "a VPC less",
    [updated("aws_route53_zone.z", { vpc: [{ vpc_id: "a" }, { vpc_id: "b" }] }, { vpc: [{ vpc_id: "b" }] })],
    ["caution dns-zone-unassociated"],
  ],
])("names: %s", (_, changes, expected) => expect(alarms(dnsRecords, plan({ changes }))).toEqual(expected));

const images = (image_tag_mutability: string, scan_on_push: boolean): Values => ({
  image_tag_mutability,
  image_scanning_configuration: [{ scan_on_push }],
});

test.each<[string, Change, readonly string[]]>([
  ["tags that move", updated("aws_ecr_repository.r", images("IMMUTABLE", true), images("MUTABLE", true)), ["caution ecr-tags-mutable"]],
  ["tags that stay", updated("aws_ecr_repository.r", images("MUTABLE", true), images("IMMUTABLE", true)), []],
  ["no scans", updated("aws_ecr_repository.r", images("IMMUTABLE", true), images("IMMUTABLE", false)), ["caution ecr-scan-off"]],
])("registries: %s", (_, change, expected) => expect(alarms(ecrRepositories, plan({ changes: [change] }))).toEqual(expected));
