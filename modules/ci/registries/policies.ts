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
    // Source: ECR user guide, "IAM permissions required for enhanced scanning".
    allow(
      "enhanced scans are Inspector's, and read in the caller's name; they have no resource level",
      ["inspector2:ListCoverage", "inspector2:ListFindings"],
      "*",
    ),
  ];
}

/**
 * Policy of a repository: roles of the platform pull in the environments' accounts, which are nodes, Fargate's pods and controllers that look for
 * new tags.
 * @param readers account by environment.
 */
export function pullPolicy(project: string, readers: Readonly<Record<string, string>>): string {
  const { roots, condition } = platformRoles(project, readers);
  // No resource: the repository itself (ECR user guide, "Private repository policies").
  const { resources: _, ...reading } = allow("clusters pull", pull, "*", condition);
  return policyDocument(by({ aws: roots }, reading));
}

export interface RegistryUsers {
  readonly project: string;
  readonly region: string;
  readonly account: string;
  /** Account by environment, where clusters pull. */
  readonly readers: Readonly<Record<string, string>>;
  /** First parts of the names of cached repositories. */
  readonly caches: readonly string[];
  /** Accounts that copy their images here. */
  readonly sources: readonly string[];
}

/**
 * Policy of the registry: accounts that copy their images here, and clusters whose first pull of an image makes its cache. Absent where there is
 * neither. Source: ECR user guide, "Private registry permissions".
 */
export function registryPolicy({ project, region, account, readers, caches, sources }: RegistryUsers): string | undefined {
  const repositories = (name: string) => `arn:aws:ecr:${region}:${account}:repository/${name}`;
  const copies = sources.length === 0 ? [] : [copied(sources, repositories("*"))];
  const pulls = Object.keys(readers).length > 0 && caches.length > 0;
  const first = pulls
    ? [
        cached(
          project,
          readers,
          caches.map((prefix) => repositories(`${prefix}/*`)),
        ),
      ]
    : [];
  return copies.length + first.length === 0 ? undefined : policyDocument(...copies, ...first);
}

function copied(sources: readonly string[], repositories: string): Statement {
  const roots = sources.map((source) => `arn:aws:iam::${source}:root`);
  return by({ aws: roots }, allow("copies of other registries", ["ecr:CreateRepository", "ecr:ReplicateImage"], repositories));
}

function cached(project: string, readers: Readonly<Record<string, string>>, repositories: readonly string[]): Statement {
  const { roots, condition } = platformRoles(project, readers);
  const actions = ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"];
  return by({ aws: roots }, allow("what nobody pulled before", actions, repositories, condition));
}

/** Roles of the platform by account and the beginning of their names: ECR refuses the name of a role that is not there yet. */
function platformRoles(project: string, readers: Readonly<Record<string, string>>) {
  const names = Object.entries(readers).map(([environment, account]) => `arn:aws:iam::${account}:role/${project}-${environment}-*`);
  const roots = [...new Set(Object.values(readers))].map((account) => `arn:aws:iam::${account}:root`);
  return { roots, condition: { ArnLike: { "aws:PrincipalArn": names } } };
}
