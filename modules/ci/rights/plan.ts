/**
 * What a plan may do. It runs code of a pull request that nobody has read yet, so it sees how things are set up, never what is in them: AWS's
 * ReadOnlyAccess for the former, and denials of the latter, which win over it.
 */
import { deny, denyExcept, type Statement } from "../../iam/policy.ts";
import { readState, type StatePlace } from "./state.ts";

/** Grows with what AWS adds, so that a new kind of resource can be planned without a change here first. */
export const planPolicy = "ReadOnlyAccess";

/** Calls of ReadOnlyAccess that return contents instead of settings. Source: Service Authorization Reference, access level "Read". */
const contents = [
  "athena:GetQueryResults*",
  "dynamodb:BatchGetItem",
  "dynamodb:GetItem",
  "dynamodb:Query",
  "dynamodb:Scan",
  "ec2:GetConsoleOutput",
  "ec2:GetConsoleScreenshot",
  "ec2:GetPasswordData",
  "ecr:BatchGetImage",
  "ecr:GetDownloadUrlForLayer",
  "kinesis:GetRecords",
  "logs:FilterLogEvents",
  "logs:GetLogEvents",
  "logs:GetQueryResults",
  "logs:StartQuery",
  "secretsmanager:BatchGetSecretValue",
  "secretsmanager:GetSecretValue",
  "sqs:ReceiveMessage",
];

/** @param assets objects that plans compare: code of functions, put there by Terraform itself. */
export function planRights(place: StatePlace, assets: string): readonly Statement[] {
  const { region } = place;
  return [
    ...readState(place),
    deny("contents are nobody's plan", contents, "*"),
    denyExcept(
      "objects of others than Terraform",
      ["s3:GetObject", "s3:GetObjectVersion"],
      [`arn:aws:s3:::${place.bucket}/${place.folder}/*`, assets],
    ),
    denyExcept(
      "parameters of ours may be secrets; AWS's own are image ids",
      ["ssm:GetParameter*"],
      `arn:aws:ssm:${region}::parameter/aws/service/*`,
    ),
  ];
}
