/**
 * Policies of VPC endpoints: the data perimeter. What passes an endpoint is done by principals of this account, on things of this account,
 * but for the few buckets of AWS and Kubernetes that nodes read. They allow nothing that IAM does not allow as well.
 * Source of the pattern: AWS, "Building a data perimeter on AWS", and aws-samples/data-perimeter-policy-examples.
 */
import { allow, by, type Condition, policyDocument, type Statement } from "../iam/policy.ts";

export interface Perimeter {
  readonly account: string;
  readonly region: string;
}

/** S3 gateway endpoint. */
export function s3Policy(perimeter: Perimeter): string {
  return policyDocument(ours("s3:*", perimeter), by("*", publicBuckets(perimeter.region)));
}

/** DynamoDB gateway endpoint. */
export function dynamodbPolicy(perimeter: Perimeter): string {
  return policyDocument(ours("dynamodb:*", perimeter));
}

/** Interface endpoint of a service, by the name that follows `com.amazonaws.<region>.`. */
export function interfacePolicy(service: string, { account }: Perimeter): string {
  // Not bound to our own resources: nodes pull images of add-ons from AWS's registry accounts, and many actions have no resource.
  const principals = by("*", allow("whoever calls through this endpoint belongs to this account", "*", "*", fromAccount(account)));
  const services = by(
    "*",
    allow("AWS services that act for this account have no account of their own (IAM user guide, 'aws:PrincipalIsAWSService')", "*", "*", {
      Bool: { "aws:PrincipalIsAWSService": "true" },
    }),
  );
  return policyDocument(principals, services, ...(service === "sts" ? [federation(account)] : []));
}

function ours(actions: string, { account }: Perimeter): Statement {
  const why = "principals of this account on things of this account; no copy to a bucket or table of somebody else";
  return by("*", allow(why, actions, "*", { StringEquals: { "aws:PrincipalAccount": account, "aws:ResourceAccount": account } }));
}

function fromAccount(account: string): Condition {
  return { StringEquals: { "aws:PrincipalAccount": account } };
}

/**
 * A pod with IRSA and a person with SAML are nobody in AWS yet when they call: these calls carry a token, no principal
 * (IAM user guide, "aws:PrincipalAccount"). So the roles, not the callers, are held to the account.
 */
function federation(account: string): Statement {
  return by(
    "*",
    allow(
      "IRSA and SAML: the caller has no account yet",
      ["sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML"],
      [`arn:aws:iam::${account}:role/*`],
    ),
  );
}

/** Buckets of others that nodes read, often without credentials, so nothing is asked about the caller. */
function publicBuckets(region: string): Statement {
  const names = [
    `prod-${region}-starport-layer-bucket`, // layers of all ECR images (ECR user guide, "Amazon ECR interface VPC endpoints")
    `al2023-repos-${region}-de612dc2`, // packages of Amazon Linux 2023 (AL2023 user guide, "Deterministic upgrades")
    `prod-registry-k8s-io-${region}`, // layers of registry.k8s.io, which redirects callers in AWS to a bucket near them (kubernetes/registry.k8s.io)
    // SSM Agent and its documents (Systems Manager user guide, "SSM Agent communications with AWS managed S3 buckets")
    `aws-ssm-${region}`,
    `amazon-ssm-${region}`,
    `amazon-ssm-packages-${region}`,
    `${region}-birdwatcher-prod`,
    `aws-ssm-distributor-file-${region}`,
    `aws-ssm-document-attachments-${region}`,
    `patch-baseline-snapshot-${region}`,
    `aws-codedeploy-${region}`, // CodeDeploy's agent and its updates (CodeDeploy user guide, "CodeDeploy resource kit reference")
  ];
  return allow(
    "image layers, packages and the SSM agent, read only",
    "s3:GetObject",
    names.map((name) => `arn:aws:s3:::${name}/*`),
  );
}
