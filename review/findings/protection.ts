/** Protection that is taken away: against deletion, of copies, of contents. KMS and S3 have detectors of their own. */
import type { AttributeChange, Danger, Detector, Json, ResourceChange, StackPlan } from "../model.ts";
import { findingAt, type Kind } from "../reading/changes.ts";
import { changeText } from "../text/cause.ts";
import { tellingAttributes } from "../weight.ts";

/** A loss of protection: the attribute (its last name in the path), and what it was and became. */
interface Guard {
  readonly attributes: readonly string[];
  readonly lost: (before: Json, after: Json) => boolean;
  readonly kind: Kind;
}

/** Blocks that may be absent write booleans as texts, older services have words of their own. */
const isOn = (value: Json) => value === true || value === "true" || value === "ENABLED" || value === "Enabled";
const turnedOff = (before: Json, after: Json) => isOn(before) && !isOn(after);
const turnedOn = (before: Json, after: Json) => !isOn(before) && isOn(after);
const shorter = (before: Json, after: Json) => {
  return typeof before === "number" && typeof after === "number" && after < before;
};
/** CloudWatch calls "for ever" 0. */
const shorterLogs = (before: Json, after: Json) => after !== 0 && (shorter(before, after) || (before === 0 && typeof after === "number"));
const renamed = (before: Json, after: Json) => typeof before === "string" && typeof after === "string" && before !== "" && before !== after;
const leavesSecure = (before: Json, after: Json) => before === "SecureString" && after !== before;
const gone = (before: Json, after: Json) => typeof before === "string" && before !== "" && (after === null || after === "");

const kind = (rule: string, danger: Danger, because: string, remedy: string): Kind => ({ rule, danger, because, remedy });

const shortened = kind(
  "retention-shortened",
  "caution",
  "What is older than the new limit is deleted at once, and cannot be brought back.",
  "Check what has to be kept, and for how long; copy it elsewhere first.",
);

const guards: readonly Guard[] = [
  {
    attributes: [
      "deletion_protection",
      "deletion_protection_enabled",
      "enable_deletion_protection",
      "disable_api_termination",
      "disable_api_stop",
      "protect_from_scale_in",
    ],
    lost: turnedOff,
    kind: kind(
      "deletion-protection-off",
      "danger",
      "The next mistake deletes it; AWS asks nobody.",
      "Keep it on. To delete on purpose, turn it off in a change of its own, right before.",
    ),
  },
  {
    attributes: ["force_destroy", "force_delete", "skip_final_snapshot", "delete_automated_backups"],
    lost: turnedOn,
    kind: kind(
      "destroys-contents",
      "danger",
      "A destroy now takes the contents with it, without a last copy.",
      "Leave it off where the contents count; turn it on in a change of its own, right before a destroy that is meant.",
    ),
  },
  {
    attributes: [
      "backup_retention_period",
      "retention_period",
      "recovery_window_in_days",
      "snapshot_retention_limit",
      "automatic_backup_retention_days",
      "delete_after",
    ],
    lost: shorter,
    kind: shortened,
  },
  { attributes: ["retention_in_days"], lost: shorterLogs, kind: shortened },
  {
    attributes: ["ttl"],
    lost: turnedOn,
    kind: kind(
      "expiry-on",
      "caution",
      "DynamoDB deletes items whose attribute lies in the past, also those that were written before anybody thought of it.",
      "Check that the attribute is an expiry, in seconds since 1970, in all items.",
    ),
  },
  {
    attributes: [
      "encrypted",
      "storage_encrypted",
      "at_rest_encryption_enabled",
      "transit_encryption_enabled",
      "enforce_https",
      "sqs_managed_sse_enabled",
      "encrypt_at_rest",
      "node_to_node_encryption",
    ],
    lost: turnedOff,
    kind: kind("encryption-off", "danger", "Data is stored or sent in clear from now on.", "Keep it on."),
  },
  {
    attributes: ["type"],
    lost: leavesSecure,
    kind: kind(
      "encryption-off",
      "danger",
      "Everybody who may read parameters reads it, and it stands in the plan in clear.",
      "Keep it a SecureString.",
    ),
  },
  {
    attributes: ["kms_key_id", "kms_key_arn", "kms_master_key_id"],
    lost: gone,
    kind: kind(
      "key-removed",
      "caution",
      "What is written from now on is not under the platform's key: who may use that key no longer decides who may read it.",
      "Keep the key, or say why AWS's own one is enough.",
    ),
  },
  {
    // RDS renames in place; the endpoint is made of the name.
    attributes: ["identifier", "cluster_identifier"],
    lost: renamed,
    kind: kind(
      "renamed",
      "caution",
      "The endpoint changes with the name: whoever connects to the old one no longer reaches it.",
      "Change those who connect in the same step, or give them a name of your own in DNS.",
    ),
  },
  {
    attributes: [
      "multi_az",
      "automatic_failover_enabled",
      "enable_log_file_validation",
      "is_multi_region_trail",
      "enable_logging",
      "point_in_time_recovery",
      "backup_policy",
      "auto_rollback_configuration",
    ],
    lost: turnedOff,
    kind: kind("safety-net-off", "caution", "It works as before until something fails.", "Keep it on, or say why it is not needed here."),
  },
];

/** These have detectors that know more of them. */
const elsewhere = /^aws_(s3_bucket_|kms_)/;

export const protection: Detector = (plan) =>
  plan.changes.filter(({ type }) => !elsewhere.test(type)).flatMap((change) => lostIn(plan, change));

function lostIn(plan: StackPlan, change: ResourceChange) {
  return tellingAttributes(change).flatMap((attribute) => {
    if (attribute.path[0] === "tags") return [];
    const guard = guards.find((entry) => isLost(entry, attribute));
    if (guard === undefined) return [];
    const told: Kind = attribute.unknown ? { ...guard.kind, danger: "caution" } : guard.kind;
    return [
      findingAt(plan, change.address, told, `${change.address}: ${nameOf(attribute)} is ${becomes(attribute)}`, [changeText(attribute)]),
    ];
  });
}

/** What is unknown may be on again: a caution, and only for what was on. */
function isLost({ attributes, lost }: Guard, attribute: AttributeChange): boolean {
  const { before, after, unknown } = attribute;
  return attributes.includes(nameOf(attribute)) && (unknown ? isOn(before) && lost(before, null) : lost(before, after));
}

/** The name of the setting: of its block, where it is the block's switch. */
function nameOf({ path }: AttributeChange): string {
  const names = path.filter((segment) => typeof segment === "string");
  const last = names.at(-1) ?? "";
  return last === "enabled" || last === "status" ? (names.at(-2) ?? last) : last;
}

function becomes({ before, after, unknown }: AttributeChange): string {
  if (unknown) return "on now, and known only after apply";
  if (isOn(after)) return "turned on";
  if (isOn(before)) return "turned off";
  if (after === null || after === "") return "removed";
  return typeof after === "string" ? "changed" : "shortened";
}
