import type { Rights } from "../../../support/iam.ts";

const role = (name: string, account = "111122223333") => `arn:aws:iam::${account}:role/${name}`;

export const rights: Rights = {
  needed: {
    "take the plan role": { action: "sts:AssumeRole", resource: role("mainline-test-plan") },
    "take the apply role": { action: "sts:AssumeRole", resource: role("mainline-test-apply") },
    "hand its tags on": { action: "sts:TagSession", resource: role("mainline-test-plan") },
  },
  forbidden: {
    "take production's apply role": { action: "sts:AssumeRole", resource: role("mainline-prod-apply") },
    "take a role of another account": { action: "sts:AssumeRole", resource: role("mainline-test-apply", "777788889999") },
    "take an operator's role": { action: "sts:AssumeRole", resource: role("devops") },
    "read the state by itself": { action: "s3:GetObject", resource: "arn:aws:s3:::mainline-state/test/network.tfstate" },
    "read secrets": {
      action: "secretsmanager:GetSecretValue",
      resource: "arn:aws:secretsmanager:ap-northeast-2:111122223333:secret:atlantis-github-AbCdEf",
    },
    "pass a role": { action: "iam:PassRole", resource: role("mainline-test-apply") },
    "give itself rights": { action: "iam:PutRolePolicy", resource: role("mainline-test-atlantis") },
  },
};
