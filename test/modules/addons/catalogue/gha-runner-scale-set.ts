import type { Rights } from "../../../support/iam.ts";

const role = (name: string, account = "111122223333") => `arn:aws:iam::${account}:role/${name}`;

export const rights: Rights = {
  needed: {
    "take the build role": { action: "sts:AssumeRole", resource: role("mainline-test-build") },
    "hand its tags on": { action: "sts:TagSession", resource: role("mainline-test-build") },
  },
  forbidden: {
    "take another role": { action: "sts:AssumeRole", resource: role("mainline-test-apply") },
    "take a role of another account": { action: "sts:AssumeRole", resource: role("mainline-test-build", "777788889999") },
    "pass a role": { action: "iam:PassRole", resource: role("mainline-test-build") },
    "read secrets": {
      action: "secretsmanager:GetSecretValue",
      resource: "arn:aws:secretsmanager:ap-northeast-2:111122223333:secret:github-runners-AbCdEf",
    },
    "push an image by itself": { action: "ecr:PutImage", resource: "arn:aws:ecr:ap-northeast-2:111122223333:repository/shop" },
    "change the cluster": { action: "eks:UpdateClusterConfig", resource: "arn:aws:eks:ap-northeast-2:111122223333:cluster/mainline-test" },
  },
};
