import type { Rights } from "../../../support/iam.ts";

const repository = (name: string) => `arn:aws:ecr:ap-northeast-2:111122223333:repository/${name}`;

export const rights: Rights = {
  needed: {
    "log in": { action: "ecr:GetAuthorizationToken", resource: "*" },
    "push an image": { action: "ecr:PutImage", resource: repository("shop") },
    "push a layer": { action: "ecr:UploadLayerPart", resource: repository("shop") },
    "see whether a tag is there": { action: "ecr:DescribeImages", resource: repository("shop") },
    "see what a scan found": { action: "ecr:DescribeImageScanFindings", resource: repository("shop") },
    "see what Inspector's scan found": { action: "inspector2:ListFindings", resource: "*" },
    "pull a layer": { action: "ecr:GetDownloadUrlForLayer", resource: repository("shop") },
  },
  forbidden: {
    "push to another repository": { action: "ecr:PutImage", resource: repository("billing") },
    "delete an image": { action: "ecr:BatchDeleteImage", resource: repository("shop") },
    "open the repository to others": { action: "ecr:SetRepositoryPolicy", resource: repository("shop") },
    "change the cluster": { action: "eks:UpdateClusterConfig", resource: "arn:aws:eks:ap-northeast-2:111122223333:cluster/mainline-test" },
    "read secrets": {
      action: "secretsmanager:GetSecretValue",
      resource: "arn:aws:secretsmanager:ap-northeast-2:111122223333:secret:jenkins-github-AbCdEf",
    },
    "take another role": { action: "sts:AssumeRole", resource: "arn:aws:iam::111122223333:role/devops" },
    "pass a role": { action: "iam:PassRole", resource: "arn:aws:iam::111122223333:role/devops" },
  },
};
