/**
 * What a plan may do. It runs code of a pull request that nobody has read yet, so it sees how things are set up, never what is in them: AWS's
 * ReadOnlyAccess for the former, and denials of the latter, which win over it.
 */
import { allow, deny, denyExcept, type Statement } from "../../iam/policy.ts";
import { keyByAlias, readState, type StatePlace } from "./state.ts";

/** Grows with what AWS adds, so that a new kind of resource can be planned without a change here first. */
export const planPolicy = "ReadOnlyAccess";

/**
 * Calls of ReadOnlyAccess that return contents instead of settings: objects, rows, messages, logs, code, output of commands, and temporary credentials
 * for them (`codepipeline:GetJobDetails`, `s3:GetDataAccess`). Source: the
 * actions of that policy, by their descriptions in the Service Authorization Reference.
 */
const contents = [
  "appconfig:GetConfiguration",
  "athena:GetQueryResults*",
  "cassandra:Select",
  "cloudtrail:GetQueryResults",
  "codeartifact:GetPackageVersionAsset",
  "codeartifact:ReadFromRepository",
  "codecommit:GetBlob",
  "codecommit:GetFile",
  "codecommit:GitPull",
  "codepipeline:GetJobDetails",
  "codepipeline:GetThirdPartyJobDetails",
  "connect:GetFederationToken",
  "dax:*",
  "dynamodb:BatchGetItem",
  "dynamodb:GetItem",
  "dynamodb:GetRecords",
  "dynamodb:PartiQLSelect",
  "dynamodb:Query",
  "dynamodb:Scan",
  "ec2:GetConsoleOutput",
  "ec2:GetConsoleScreenshot",
  "ec2:GetInstanceUefiData",
  "ec2:GetPasswordData",
  "ecr:BatchGetImage",
  "ecr:GetDownloadUrlForLayer",
  "glacier:GetJobOutput",
  "kinesis:GetRecords",
  "kinesisvideo:Get*",
  "lightsail:GetBucketAccessKeys",
  "logs:FilterLogEvents",
  "logs:GetLogEvents",
  "logs:GetLogRecord",
  "logs:GetQueryResults",
  "logs:StartLiveTail",
  "logs:StartQuery",
  "rds:DownloadCompleteDBLogFile",
  "rds:DownloadDBLogFilePortion",
  "s3:GetDataAccess",
  "s3:GetObjectTorrent",
  "s3:GetObjectVersionTorrent",
  "s3-object-lambda:GetObject*",
  "s3tables:GetTableData",
  "sdb:GetAttributes",
  "sdb:Select",
  "secretsmanager:BatchGetSecretValue",
  "secretsmanager:GetSecretValue",
  "sqs:ReceiveMessage",
  "ssm:GetAccessToken",
  "ssm:GetCommandInvocation",
  "ssm:ListCommandInvocations",
  "states:GetExecutionHistory",
];

/** Objects that plans compare: code of functions, put there by Terraform itself, and the alias of the key that encrypts them. */
export interface Assets {
  readonly objects: string;
  readonly keyAlias: string;
}

export function planRights(place: StatePlace, assets: Assets): readonly Statement[] {
  const { region } = place;
  const { arn, condition } = keyByAlias(place, assets.keyAlias);
  const byS3 = { ...condition, StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } };
  return [
    ...readState(place),
    // Objects are compared by their checksum, which S3 tells only to who may decrypt (S3 API, HeadObject); what is no asset is denied below.
    allow("checksums of code", "kms:Decrypt", arn, byS3),
    deny("contents are nobody's plan", contents, "*"),
    denyExcept(
      "objects of others than Terraform",
      ["s3:GetObject", "s3:GetObjectVersion"],
      [`arn:aws:s3:::${place.bucket}/${place.folder}/*`, assets.objects],
    ),
    denyExcept(
      "parameters of ours may be secrets; AWS's own are image ids",
      ["ssm:GetParameter*"],
      `arn:aws:ssm:${region}::parameter/aws/service/*`,
    ),
  ];
}
