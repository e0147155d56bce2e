/** Copies and messages that go to another account or out of AWS: what is there, its owner decides, and no policy of ours. */
import { ownAccount } from "../iam/accounts.ts";
import type { Detector, JsonObject, ResourceChange } from "../model.ts";
import { findingOn, type Kind, settings } from "../reading/changes.ts";
import { objectsOf, textOf } from "../reading/values.ts";

const kind: Kind = {
  rule: "copies-leave-account",
  danger: "danger",
  because: "Everything from now on goes to an account that is not this one, or out of AWS, and cannot be called back",
  remedy: "check whose account or address it is",
};

/** Accounts and addresses to which a resource copies or sends. Sources: S3 "ReplicationConfiguration", ECR "ReplicationDestination", AWS Backup "CopyAction". */
const receivers: Readonly<Record<string, (values: JsonObject) => readonly (string | undefined)[]>> = {
  aws_s3_bucket_replication_configuration: ({ rule }) =>
    objectsOf(rule).flatMap(({ destination }) => objectsOf(destination).map(({ account }) => textOf(account))),
  aws_ecr_replication_configuration: ({ replication_configuration }) =>
    objectsOf(replication_configuration).flatMap(({ rule }) =>
      objectsOf(rule).flatMap(({ destination }) => objectsOf(destination).map(({ registry_id }) => textOf(registry_id))),
    ),
  aws_backup_plan: ({ rule }) =>
    objectsOf(rule).flatMap(({ copy_action }) =>
      objectsOf(copy_action).map(({ destination_vault_arn }) => textOf(destination_vault_arn)?.split(":")[4]),
    ),
  aws_sns_topic_subscription: ({ protocol, endpoint }) =>
    /^https?$/.test(textOf(protocol) ?? "") ? [textOf(endpoint)] : [/^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(textOf(endpoint) ?? "")?.[1]],
  aws_ami_launch_permission: ({ account_id }) => [textOf(account_id)],
  aws_snapshot_create_volume_permission: ({ account_id }) => [textOf(account_id)],
};

export const copies: Detector = (plan) => {
  const own = ownAccount(plan);
  return settings(plan).flatMap((change) => {
    const [old, next] = [change.before, change.after].map((values) => receivedBy(change, values).filter((account) => account !== own));
    const fresh = (next ?? []).filter((account) => !old?.includes(account));
    return fresh.length === 0 ? [] : [findingOn(plan, change.address, kind, "sends what is in it to somebody else", fresh)];
  });
};

function receivedBy({ type }: ResourceChange, values: JsonObject | null): readonly string[] {
  return values === null ? [] : (receivers[type]?.(values) ?? []).filter((account) => account !== undefined);
}
