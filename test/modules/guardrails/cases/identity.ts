import { allowing, type Cases, ref, resources } from "./case.ts";

const identity = (statement: Readonly<Record<string, unknown>>) =>
  resources({ aws_iam_role_policy: { it: { policy: allowing(statement) } } });
const trust = (statement: Readonly<Record<string, unknown>>) =>
  resources({ aws_iam_role: { it: { assume_role_policy: allowing({ Action: "sts:AssumeRole", ...statement }) } } });
const attached = (policy_arn: string) => resources({ aws_iam_role_policy_attachment: { it: { policy_arn } } });

const issuer = "oidc.eks.ap-northeast-2.amazonaws.com/id/1";
const federated = { Federated: `arn:aws:iam::111122223333:oidc-provider/${issuer}` };
const passing = { Action: "iam:PassRole", Resource: "arn:aws:iam::111122223333:role/node" };
const toEc2 = { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } };

const everything = { Action: "*", Resource: "*" };
const bounding = {
  aws_iam_policy: { it: { policy: allowing(everything) } },
  aws_iam_role: { ci: { permissions_boundary: ref("aws_iam_policy.it.arn") } },
};
const attachedToo = resources({ ...bounding, aws_iam_role_policy_attachment: { it: { policy_arn: ref("aws_iam_policy.it.arn") } } });
const namedToo = resources({
  ...bounding,
  aws_iam_role: { ...bounding.aws_iam_role, other: { managed_policy_arns: [ref("aws_iam_policy.it.arn")] } },
});

export const identities: Cases = {
  "policies-readable": {
    holds: [
      identity({ Action: "s3:GetObject", Resource: `${ref("aws_s3_bucket.logs.arn")}/*` }),
      // Quotes inside an expression are Terraform's; the text around it still is JSON.
      resources({
        aws_iam_policy: { it: { policy: `{"Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"${ref('lookup(local.x, "a")')}"}]}` } },
      }),
      resources({ aws_iam_role: { it: { name: "without a policy of its own" } } }),
    ],
    fails: [
      resources({ aws_iam_policy: { it: { policy: ref("data.aws_iam_policy_document.it.json") } } }),
      resources({ aws_iam_role: { it: { assume_role_policy: ref("jsonencode(local.trust)") } } }),
    ],
  },
  "iam-no-wildcard-actions": {
    // A policy that only bounds grants nothing.
    holds: [identity({ Action: ["s3:GetObject", "ec2:Describe*"], Resource: "arn:aws:s3:::logs/*" }), resources(bounding)],
    fails: [
      attachedToo,
      namedToo,
      identity({ Action: "*", Resource: "arn:aws:s3:::logs/*" }),
      identity({ Action: ["ec2:DescribeVpcs", "s3:*"], Resource: "arn:aws:s3:::logs/*" }),
      identity({ NotAction: "iam:*", Resource: "arn:aws:s3:::logs/*" }),
      resources({ aws_iam_role: { it: { inline_policy: [{ policy: allowing({ Action: "s3:*", Resource: "arn:aws:s3:::logs" }) }] } } }),
    ],
  },
  "iam-no-wildcard-resources": {
    holds: [
      identity({ Action: ["ec2:DescribeVpcs", "ecr:GetAuthorizationToken"], Resource: "*" }),
      identity({ Action: "ec2:TerminateInstances", Resource: "*", Condition: { StringEquals: { "aws:ResourceTag/cluster": "dev" } } }),
      identity({ Action: "s3:GetObject", Resource: "arn:aws:s3:::logs/*" }),
      resources(bounding),
    ],
    fails: [
      attachedToo,
      identity({ Action: "s3:GetObject", Resource: "*" }),
      identity({ Action: ["ec2:DescribeVpcs", "ec2:TerminateInstances"], Resource: "*" }),
      identity({ Action: "kms:Decrypt", Resource: "*", Condition: { Bool: { "aws:SecureTransport": "true" } } }),
    ],
  },
  "iam-pass-role": {
    holds: [identity({ ...passing, Condition: toEc2 })],
    fails: [identity(passing), identity({ ...passing, Resource: "*", Condition: toEc2 })],
  },
  "iam-trust-names-principals": {
    holds: [trust({ Principal: { Service: "ec2.amazonaws.com" } }), trust({ Principal: { AWS: "arn:aws:iam::111122223333:role/ci" } })],
    fails: [
      trust({ Principal: "*" }),
      trust({ Principal: { AWS: "*" } }),
      trust({ NotPrincipal: { AWS: "arn:aws:iam::111122223333:root" } }),
    ],
  },
  "iam-federated-trust": {
    holds: [
      trust({
        Principal: federated,
        Condition: { StringEquals: { [`${issuer}:sub`]: "system:serviceaccount:apps:web", [`${issuer}:aud`]: "sts.amazonaws.com" } },
      }),
    ],
    fails: [
      trust({ Principal: federated }),
      trust({ Principal: federated, Condition: { StringEquals: { [`${issuer}:aud`]: "sts.amazonaws.com" } } }),
    ],
  },
  "iam-no-administrator-policies": {
    holds: [attached("arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy")],
    fails: [attached("arn:aws:iam::aws:policy/AdministratorAccess"), attached("arn:aws:iam::aws:policy/AmazonS3FullAccess")],
  },
  "iam-no-access-keys": {
    holds: [resources({ aws_iam_role: { ci: {} } })],
    fails: [resources({ aws_iam_access_key: { ci: { user: "ci" } } })],
  },
};
