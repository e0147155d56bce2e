/**
 * The boundary of all roles that jobs of CI take: what none of them ever does, whatever its policies come to say. Inside of it the policies
 * decide (IAM guide, "Permissions boundaries for IAM entities").
 */
import { allow, deny, type Statement } from "../../iam/policy.ts";
import { keyByAlias, type StatePlace } from "./state.ts";

export interface BoundaryScope {
  readonly state: StatePlace;
  readonly prefix: string;
  /** OIDC providers whose tokens are trusted. */
  readonly providers: readonly string[];
  /** Regions, besides the account's own, in which something is kept: copies of images. */
  readonly otherRegions: readonly string[];
}

/** Endpoints of services without regions: IAM, Route 53, budgets and the like in the first, Chatbot in the second. */
const homesOfGlobalServices = ["us-east-1", "us-east-2"];

const writes = ["Add", "Attach", "Create", "Delete", "Detach", "Put", "Remove", "Set", "Tag", "Untag", "Update"].map(
  (verb) => `iam:${verb}*`,
);

export function boundaryStatements({ state, prefix, providers, otherRegions }: BoundaryScope): readonly Statement[] {
  const { account, region, bucket } = state;
  const stateKey = keyByAlias(state, state.keyAlias);
  const iam = (kind: string, name: string) => `arn:aws:iam::${account}:${kind}/${prefix}-${name}`;
  return [
    allow("grants nothing: a boundary only limits what policies grant", "*", "*"),
    deny("what CI may do is changed by people: roles, boundary and trust of CI", writes, [
      ...["plan", "apply", "push-*", "preview-*"].map((name) => iam("role", name)),
      iam("policy", "ci-boundary"),
      iam("policy", "apply-*"),
      ...providers,
    ]),
    deny(
      "there are no long-lived credentials",
      [
        "iam:AddUserToGroup",
        "iam:AttachUserPolicy",
        "iam:CreateAccessKey",
        "iam:CreateLoginProfile",
        "iam:CreateUser",
        "iam:PutUserPolicy",
        "iam:UpdateLoginProfile",
      ],
      "*",
    ),
    deny("a job has the one role that it was given", "sts:AssumeRole", "*"),
    deny("the account and its organization", ["account:*", "organizations:*"], "*"),
    deny(
      "the record of who did what",
      [
        "cloudtrail:DeleteTrail",
        "cloudtrail:StopLogging",
        "cloudtrail:UpdateTrail",
        "config:DeleteConfigurationRecorder",
        "config:StopConfigurationRecorder",
        "guardduty:DeleteDetector",
      ],
      "*",
    ),
    deny(
      "the way back from a broken state",
      ["s3:DeleteBucket", "s3:DeleteObjectVersion", "s3:PutBucketVersioning", "s3:PutLifecycleConfiguration"],
      [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
    ),
    deny(
      "states that nobody can decrypt are lost",
      ["kms:DisableKey", "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"],
      stateKey.arn,
      stateKey.condition,
    ),
    deny("everything elsewhere", "*", "*", {
      StringNotEquals: { "aws:RequestedRegion": [region, ...homesOfGlobalServices, ...otherRegions] },
    }),
  ];
}
