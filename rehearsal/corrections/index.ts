/** Every behaviour of the emulator that is put right, one file each. */
import type { Correction } from "../gateway/service.ts";
import { namedQueries } from "./athena/named-queries.ts";
import { workgroupUpdates } from "./athena/workgroup-updates.ts";
import { budgetNotifications } from "./budgets/notifications.ts";
import { budgetTags } from "./budgets/tags.ts";
import { aclIcmp } from "./ec2/acl-icmp.ts";
import { deletedAttachments } from "./ec2/deleted-attachments.ts";
import { flowLogDestination } from "./ec2/flow-log-destination.ts";
import { launchTemplateTags } from "./ec2/launch-template-tags.ts";
import { metadataDefaults } from "./ec2/metadata-defaults.ts";
import { ruleDescriptions } from "./ec2/rule-descriptions.ts";
import { tagsOnCreate } from "./ec2/tags-on-create.ts";
import { transitGatewayTables, transitGatewayUndo } from "./ec2/transit-gateway-defaults.ts";
import { backupPolicy } from "./efs/backup-policy.ts";
import { policyDeletion } from "./efs/policy-deletion.ts";
import { bucketPolicy } from "./s3/bucket-policy.ts";
import { suspendedVersions } from "./s3/suspended-versions.ts";
import { eksImages } from "./ssm/eks-images.ts";

/** A fresh set: some remember what the emulator forgets, and parallel runs must not share that. */
export function corrections(): readonly Correction[] {
  return [
    aclIcmp(),
    backupPolicy(),
    bucketPolicy,
    budgetNotifications(),
    budgetTags(),
    deletedAttachments(),
    eksImages,
    flowLogDestination(),
    launchTemplateTags,
    metadataDefaults(),
    namedQueries(),
    policyDeletion(),
    ruleDescriptions(),
    suspendedVersions,
    tagsOnCreate,
    transitGatewayTables,
    transitGatewayUndo,
    workgroupUpdates(),
  ];
}
