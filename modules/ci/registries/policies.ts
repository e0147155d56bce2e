/** Who pulls and who pushes. Pure. */
import { allow, by, policyDocument, type Statement } from "../../iam/policy.ts";

const pull = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

/** Pushing also reads: a client looks which layers are there. Source: ECR user guide, "IAM permissions for pushing an image". */
const push = [...pull, "ecr:CompleteLayerUpload", "ecr:DescribeImages", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart"];

/** What a job may do that pushes images of one service, and sees what scans found. */
export function pushRights(repositoryArn: string): readonly Statement[] {
  return [
    allow("a registry's login is not of one repository", "ecr:GetAuthorizationToken", "*"),
    allow("push this service's images", push, repositoryArn),
    allow(
      "stop where a scan finds what must not be shipped",
      ["ecr:DescribeImageScanFindings", "ecr:DescribeImageReplicationStatus"],
      repositoryArn,
    ),
  ];
}

/**
 * Policy of a repository: roles of the platform pull in the environments' accounts, which are nodes, Fargate's pods and controllers that look for
 * new tags. By account and name pattern, because ECR refuses the name of a role that is not there yet.
 * @param readers account by environment.
 */
export function pullPolicy(project: string, readers: Readonly<Record<string, string>>): string {
  const names = Object.entries(readers).map(([environment, account]) => `arn:aws:iam::${account}:role/${project}-${environment}-*`);
  const roots = [...new Set(Object.values(readers))].map((account) => `arn:aws:iam::${account}:root`);
  // No resource: the repository itself (ECR user guide, "Private repository policies").
  const { resources: _, ...reading } = allow("clusters pull", pull, "*", { ArnLike: { "aws:PrincipalArn": names } });
  return policyDocument(by({ aws: roots }, reading));
}

/** Policy of the registry: accounts that may copy their images here, and make the repositories for them. */
export function replicationPolicy(region: string, account: string, sources: readonly string[]): string {
  const roots = sources.map((source) => `arn:aws:iam::${source}:root`);
  const everywhere = `arn:aws:ecr:${region}:${account}:repository/*`;
  return policyDocument(
    by({ aws: roots }, allow("copies of other registries", ["ecr:CreateRepository", "ecr:ReplicateImage"], everywhere)),
  );
}
