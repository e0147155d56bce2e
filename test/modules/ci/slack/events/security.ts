/** Findings and sign-ins, in the forms that AWS documents. Sources stand beside each. */
import { account, arn, region } from "./place.ts";

/** https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_cloudwatch.html */
export const guardDutyFinding = {
  "detail-type": "GuardDuty Finding",
  source: "aws.guardduty",
  account,
  region,
  time: "2026-11-21T06:12:45Z",
  detail: {
    id: "46ba0ac2845071e23ccdeb2ae03bfdea",
    accountId: account,
    severity: 8,
    type: "UnauthorizedAccess:EC2/SSHBruteForce",
    title: "10.30.0.7 is performing SSH brute force attacks",
    description: "An instance tries many keys.",
    resource: { resourceType: "Instance" },
  },
};

/** https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-cwe-event-formats.html */
export const hubFinding = {
  "detail-type": "Security Hub Findings - Imported",
  source: "aws.securityhub",
  account,
  region,
  time: "2026-11-21T06:12:45Z",
  detail: {
    findings: [
      {
        Title: "S3.8 bucket is public",
        Severity: { Label: "HIGH" },
        ProductName: "Security Hub",
        AwsAccountId: account,
        Resources: [{ Id: "arn:aws:s3:::x" }],
      },
      { Title: "another", Severity: { Label: "LOW" } },
    ],
  },
};

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-eventbridge.html */
export const imageScanned = {
  "detail-type": "ECR Image Scan",
  source: "aws.ecr",
  account,
  region,
  time: "2026-11-21T06:12:45Z",
  resources: [arn("ecr", "repository/shop/shop-api")],
  detail: {
    "scan-status": "COMPLETE",
    "repository-name": "shop/shop-api",
    "finding-severity-counts": { CRITICAL: 1, MEDIUM: 9 },
    "image-digest": "sha256:7f5b2640fe6fb4f46592dfd3410c4a79dac4f89e4782432e0378abcd1234",
    "image-tags": ["1.4.2"],
  },
};

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html */
export const rootSignIn = {
  "detail-type": "AWS Console Sign In via CloudTrail",
  source: "aws.signin",
  account,
  region: "us-east-1",
  time: "2026-11-21T06:12:45Z",
  detail: {
    eventName: "ConsoleLogin",
    eventTime: "2026-11-21T06:12:40Z",
    awsRegion: "us-east-1",
    sourceIPAddress: "203.0.113.7",
    userIdentity: { type: "Root", accountId: account, arn: `arn:aws:iam::${account}:root` },
    responseElements: { ConsoleLogin: "Success" },
    additionalEventData: { MFAUsed: "Yes" },
  },
};
