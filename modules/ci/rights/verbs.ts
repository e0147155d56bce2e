/**
 * What changing things takes, by the stack that makes them: per service the beginnings of actions. A new stack or a new kind of resource needs
 * its row here before CI can apply it; test/modules/ci/apply.test.ts holds the rows against the calls that Terraform makes.
 */
const common = ["Create", "Delete", "Tag", "Untag", "Update"];

const logs = [...common, "Associate", "Disassociate", "Put"];
const kms = [...common, "Cancel", "Disable", "Enable", "Put", "ReEncrypt", "Schedule", "Encrypt", "Decrypt", "GenerateDataKey"];
/** Buckets and never objects: those are data, and other environments' states among them. */
const buckets = [
  "CreateBucket",
  "DeleteBucket",
  "PutBucket",
  "PutEncryption",
  "PutLifecycle",
  "PutReplication",
  "TagResource",
  "UntagResource",
];
const bucketsAndKeys = { s3: buckets, kms };

const network = {
  ec2: [
    ...["Accept", "Allocate", "Associate", "Attach", "Authorize", "Create", "Delete", "Detach", "Disable", "Disassociate", "Enable"],
    ...["Modify", "Reject", "Release", "Replace", "Reset", "Revoke", "Run", "Terminate", "Update"],
  ],
};
const queues = {
  sqs: ["Add", "Create", "Delete", "Remove", "Set", "Tag", "Untag"],
  events: [...common, "Disable", "Enable", "Put", "Remove"],
};
const topics = { sns: ["Add", "Create", "Delete", "Remove", "Set", "Subscribe", "Tag", "Unsubscribe", "Untag"] };
const scaling = [
  "Attach",
  "Cancel",
  "Complete",
  "Create",
  "Delete",
  "Detach",
  "Disable",
  "Enable",
  "Put",
  "Resume",
  "Set",
  "Start",
  "Suspend",
];
const eks = [...common, "Associate", "Deregister", "Disassociate", "Register"];

/** Service prefix → beginnings of actions, by stack. */
export const changes: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  state: bucketsAndKeys,
  network: { ...network, ...bucketsAndKeys, logs, athena: common, glue: common },
  cluster: {
    ...network,
    kms,
    logs,
    eks,
    autoscaling: [...scaling, "Terminate", "Update"],
    elasticfilesystem: [...common, "Modify", "Put"],
  },
  addons: { ...queues, ...bucketsAndKeys, eks },
  tenancy: { ...topics, eks, kms, budgets: ["Create", "Delete", "Modify", "Tag", "Untag", "Update"] },
  ci: {
    ...network,
    ...bucketsAndKeys,
    ...queues,
    ...topics,
    logs,
    autoscaling: [...scaling, "Terminate", "Update"],
    chatbot: common,
    cloudwatch: ["Delete", "Disable", "Enable", "Put", "Tag", "Untag"],
    codebuild: common,
    codeconnections: [...common, "Pass", "Use"],
    "codestar-connections": [...common, "Pass", "Use"],
    "codestar-notifications": [...common, "Subscribe", "Unsubscribe"],
    codedeploy: [...common, "Add", "Register", "Remove"],
    codepipeline: [...common, "Deregister", "Put", "Register"],
    ecr: [...common, "Batch", "Put", "Set"],
    inspector2: ["Disable", "Enable"],
    lambda: [...common, "Add", "Publish", "Put", "Remove"],
    ssm: [...common, "Add", "Put", "Remove", "Start"],
  },
};
