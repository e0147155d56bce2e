import type { Rights } from "../../../support/iam.ts";

const secret = (name: string) => `arn:aws:secretsmanager:ap-northeast-2:111122223333:secret:${name}-AbCdEf`;
const parameter = (name: string) => `arn:aws:ssm:ap-northeast-2:111122223333:parameter/${name}`;
const key = "arn:aws:kms:ap-northeast-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const sharedKey = "arn:aws:kms:ap-northeast-2:111122223333:key/0f0e0d0c-0b0a-0908-0706-050403020100";
const via = (service: string) => ({ "kms:ViaService": `${service}.ap-northeast-2.amazonaws.com` });

export const rights: Rights = {
  needed: {
    "read a secret of the environment": { action: "secretsmanager:GetSecretValue", resource: secret("mainline/test/argocd") },
    "read a shared secret": { action: "secretsmanager:GetSecretValue", resource: secret("shared/slack/alerts") },
    "describe it": { action: "secretsmanager:DescribeSecret", resource: secret("mainline/test/argocd") },
    "find secrets": { action: "secretsmanager:ListSecrets", resource: "*" },
    "read a parameter": { action: "ssm:GetParameter", resource: parameter("mainline/test/url") },
    "read parameters by path": { action: "ssm:GetParametersByPath", resource: parameter("mainline/test/app") },
    "decrypt by Secrets Manager": { action: "kms:Decrypt", resource: key, context: via("secretsmanager") },
    "decrypt a parameter of a shared key": { action: "kms:Decrypt", resource: sharedKey, context: via("ssm") },
  },
  forbidden: {
    "read another environment's secret": { action: "secretsmanager:GetSecretValue", resource: secret("mainline/prod/argocd") },
    "read one whose name only begins alike": { action: "secretsmanager:GetSecretValue", resource: secret("mainline/test2/argocd") },
    "read another environment's parameter": { action: "ssm:GetParameter", resource: parameter("mainline/prod/url") },
    "read another region's secret": {
      action: "secretsmanager:GetSecretValue",
      resource: "arn:aws:secretsmanager:us-east-1:111122223333:secret:mainline/test/argocd-AbCdEf",
    },
    "write a secret": { action: "secretsmanager:PutSecretValue", resource: secret("mainline/test/argocd") },
    "open a secret to others": { action: "secretsmanager:PutResourcePolicy", resource: secret("mainline/test/argocd") },
    "delete a secret": { action: "secretsmanager:DeleteSecret", resource: secret("mainline/test/argocd") },
    "write a parameter": { action: "ssm:PutParameter", resource: parameter("mainline/test/url") },
    "decrypt by itself": { action: "kms:Decrypt", resource: key },
    "decrypt volumes": { action: "kms:Decrypt", resource: key, context: via("ec2") },
    "decrypt with another key": {
      action: "kms:Decrypt",
      resource: "arn:aws:kms:ap-northeast-2:111122223333:key/ffffffff-12ab-34cd-56ef-1234567890ab",
      context: via("secretsmanager"),
    },
    "become another role": { action: "sts:AssumeRole", resource: "arn:aws:iam::111122223333:role/devops" },
  },
};
