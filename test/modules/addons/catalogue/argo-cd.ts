import type { Rights } from "../../../support/iam.ts";

/** Every role here trusts this account, so that only what ours may do decides. */
const resourcePolicy = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:root" }, Action: ["sts:AssumeRole", "sts:TagSession"] }],
};
const edge = "arn:aws:iam::444455556666:role/mainline-edge-argocd";

export const rights: Rights = {
  needed: {
    "take the other cluster's role": { action: "sts:AssumeRole", resource: edge, resourcePolicy },
    "hand on the session's tags": { action: "sts:TagSession", resource: edge, resourcePolicy },
  },
  forbidden: {
    "take a role of its own account": { action: "sts:AssumeRole", resource: "arn:aws:iam::111122223333:role/devops", resourcePolicy },
    "take another role of the other account": {
      action: "sts:AssumeRole",
      resource: "arn:aws:iam::444455556666:role/devops",
      resourcePolicy,
    },
    "take the role under another path": {
      action: "sts:AssumeRole",
      resource: "arn:aws:iam::444455556666:role/x/mainline-edge-argocd",
      resourcePolicy,
    },
    "read secrets": {
      action: "secretsmanager:GetSecretValue",
      resource: "arn:aws:secretsmanager:ap-northeast-2:111122223333:secret:mainline/test/argocd-AbCdEf",
    },
    "look at clusters": { action: "eks:DescribeCluster", resource: "arn:aws:eks:ap-northeast-2:111122223333:cluster/mainline-test" },
    "give itself access to a cluster": {
      action: "eks:CreateAccessEntry",
      resource: "arn:aws:eks:ap-northeast-2:111122223333:cluster/mainline-test",
    },
    "pass a role": { action: "iam:PassRole", resource: edge },
  },
};
