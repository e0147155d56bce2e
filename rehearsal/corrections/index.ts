/** Every behaviour of the emulator that is put right, one file each. */
import type { Correction } from "../gateway/service.ts";
import { namedQueries } from "./athena/named-queries.ts";
import { workgroupUpdates } from "./athena/workgroup-updates.ts";
import { budgetNotifications } from "./budgets/notifications.ts";
import { budgetTags } from "./budgets/tags.ts";
import { projects } from "./codebuild/projects.ts";
import { connections } from "./codeconnections/connections.ts";
import { applications } from "./codedeploy/applications.ts";
import { pipelineTimes } from "./codepipeline/pipeline-times.ts";
import { notificationRules } from "./codestar-notifications/rules.ts";
import { aclIcmp } from "./ec2/acl-icmp.ts";
import { deletedAttachments } from "./ec2/deleted-attachments.ts";
import { flowLogDestination } from "./ec2/flow-log-destination.ts";
import { launchTemplateTags } from "./ec2/launch-template-tags.ts";
import { metadataDefaults } from "./ec2/metadata-defaults.ts";
import { ruleDescriptions } from "./ec2/rule-descriptions.ts";
import { tagsOnCreate } from "./ec2/tags-on-create.ts";
import { transitGatewayTables, transitGatewayUndo } from "./ec2/transit-gateway-defaults.ts";
import { cacheRules } from "./ecr/cache-rules.ts";
import { creationTemplates } from "./ecr/creation-templates.ts";
import { registryPolicies } from "./ecr/registry-policy.ts";
import { backupPolicy } from "./efs/backup-policy.ts";
import { policyDeletion } from "./efs/policy-deletion.ts";
import { forgottenSettings } from "./lambda/forgotten-settings.ts";
import { bucketPolicy } from "./s3/bucket-policy.ts";
import { suspendedVersions } from "./s3/suspended-versions.ts";
import { associations } from "./ssm/associations.ts";
import { eksImages } from "./ssm/eks-images.ts";

/** A fresh set: some remember what the emulator forgets, and parallel runs must not share that. */
export function corrections(): readonly Correction[] {
  return [
    aclIcmp(),
    applications(),
    associations(),
    backupPolicy(),
    bucketPolicy,
    budgetNotifications(),
    budgetTags(),
    cacheRules(),
    connections(),
    creationTemplates(),
    deletedAttachments(),
    eksImages,
    flowLogDestination(),
    forgottenSettings(),
    launchTemplateTags,
    metadataDefaults(),
    namedQueries(),
    notificationRules(),
    pipelineTimes,
    policyDeletion(),
    projects(),
    registryPolicies(),
    ruleDescriptions(),
    suspendedVersions,
    tagsOnCreate,
    transitGatewayTables,
    transitGatewayUndo,
    workgroupUpdates(),
  ];
}
