/**
 * Actions by which somebody gets more rights than were given, or takes a guard off. Sources: Rhino Security Labs, "AWS IAM privilege
 * escalation methods"; EKS user guide, "Access entries"; CloudTrail user guide, "Security best practices".
 */

/** Action in lower case, and what it is good for. */
export const escalating: Readonly<Record<string, string>> = {
  "iam:createpolicyversion": "rewrites a policy that is attached somewhere",
  "iam:setdefaultpolicyversion": "brings an old, wider version of a policy back",
  "iam:attachuserpolicy": "attaches any policy",
  "iam:attachgrouppolicy": "attaches any policy",
  "iam:attachrolepolicy": "attaches any policy",
  "iam:putuserpolicy": "writes any policy",
  "iam:putgrouppolicy": "writes any policy",
  "iam:putrolepolicy": "writes any policy",
  "iam:addusertogroup": "joins a group with more rights",
  "iam:createaccesskey": "makes keys of another user",
  "iam:createloginprofile": "gives another user a password",
  "iam:updateloginprofile": "changes the password of another user",
  "iam:updateassumerolepolicy": "lets itself assume a role",
  "iam:deleterolepermissionsboundary": "takes a limit off a role",
  "iam:deleteuserpermissionsboundary": "takes a limit off a user",
  "iam:putrolepermissionsboundary": "changes the limit of a role",
  "iam:putuserpermissionsboundary": "changes the limit of a user",
  "iam:detachrolepolicy": "takes a deny off a role",
  "iam:deleterolepolicy": "takes a deny off a role",
  "iam:createopenidconnectprovider": "lets in who has tokens of another issuer",
  "iam:createsamlprovider": "lets in who has assertions of another issuer",
  "iam:updatesamlprovider": "changes whose assertions are believed",
  "iam:deactivatemfadevice": "takes the second factor off a user",
  "lambda:updatefunctioncode": "runs its own code with the function's role",
  "lambda:addpermission": "lets others call a function",
  "ssm:sendcommand": "runs commands with the instance's role",
  "ssm:startsession": "opens a shell with the instance's role",
  "ec2-instance-connect:sendsshpublickey": "opens a shell with the instance's role",
  "cloudformation:updatestack": "changes what the stack's role makes",
  "codebuild:updateproject": "runs its own build with the project's role",
  "glue:updatedevendpoint": "opens a shell with the endpoint's role",
  "eks:createaccessentry": "becomes a user of a cluster",
  "eks:updateaccessentry": "changes its groups in a cluster",
  "eks:associateaccesspolicy": "becomes an administrator of a cluster",
  "eks:createpodidentityassociation": "gives a pod any role that it may pass",
  "eks:updatepodidentityassociation": "gives a pod any role that it may pass",
  "kms:putkeypolicy": "decides who may use a key",
  "kms:creategrant": "lets others use a key",
  "s3:putbucketpolicy": "decides who may read a bucket",
  "s3:putbucketacl": "decides who may read a bucket",
  "s3:putbucketpublicaccessblock": "takes the block of public access off",
  "s3:putaccountpublicaccessblock": "takes the block of public access off",
  "secretsmanager:putresourcepolicy": "decides who may read a secret",
  "ecr:setrepositorypolicy": "decides who may push images",
  "cloudtrail:stoplogging": "leaves no traces",
  "cloudtrail:deletetrail": "leaves no traces",
  "guardduty:deletedetector": "blinds detection",
  "config:stopconfigurationrecorder": "blinds detection",
  "organizations:leaveorganization": "leaves the limits of the organization",
};

/** Reading these is reading data or secrets, not names and settings. */
export const revealing: ReadonlySet<string> = new Set([
  "s3:getobject",
  "s3:getobjectversion",
  "secretsmanager:getsecretvalue",
  "secretsmanager:batchgetsecretvalue",
  "ssm:getparameter",
  "ssm:getparameters",
  "ssm:getparametersbypath",
  "kms:decrypt",
  "dynamodb:getitem",
  "dynamodb:query",
  "dynamodb:scan",
  "sqs:receivemessage",
  "kinesis:getrecords",
  "ecr:batchgetimage",
  "lambda:getfunction",
  "codecommit:gitpull",
]);

/** Managed policies of AWS by name: what an attachment of them means. */
export const managedPolicies: readonly { readonly name: RegExp; readonly danger: "danger" | "caution"; readonly why: string }[] = [
  { name: /^AdministratorAccess/, danger: "danger", why: "everything in the account" },
  { name: /^(PowerUserAccess|SystemAdministrator|IAMFullAccess)$/, danger: "danger", why: "nearly everything, or the way to it" },
  {
    name: /^(AmazonS3FullAccess|AmazonEC2FullAccess|SecretsManagerReadWrite|AWSKeyManagementServicePowerUser|AmazonSSMFullAccess|AWSLambda_FullAccess|AWSCloudFormationFullAccess|AWSOrganizationsFullAccess)$/,
    danger: "danger",
    why: "all data or all machines of the account",
  },
  { name: /FullAccess(V2)?$|PowerUser$|ReadWrite$/, danger: "caution", why: "everything of a service, also what AWS adds tomorrow" },
];
