/** What a build project may do: its own logs, its own artifacts, its own image, and an interface in the subnets. No wildcard. Pure. */
import { allow, type Statement } from "../../iam/policy.ts";
import { pushRights } from "../registries/policies.ts";

export interface BuildScope {
  readonly account: string;
  readonly region: string;
  readonly logGroupArn: string;
  readonly keyArn: string;
  readonly artifactBucketArn: string;
  /** Folder of the pipeline in that bucket. */
  readonly folder: string;
  readonly subnetArns: readonly string[];
  readonly securityGroupArn: string;
  /** Absent: no image is pushed. */
  readonly imageRepositoryArn: string | undefined;
}

/** Source: CodeBuild user guide, "Allow CodeBuild to interact with other AWS services" and "Use CodeBuild with VPCs". */
export function buildRights(scope: BuildScope): readonly Statement[] {
  const { account, region, logGroupArn, keyArn, artifactBucketArn, folder, subnetArns, securityGroupArn, imageRepositoryArn } = scope;
  const interfaces = `arn:aws:ec2:${region}:${account}:network-interface/*`;
  return [
    allow("its own log", ["logs:CreateLogStream", "logs:PutLogEvents"], `${logGroupArn}:*`),
    allow(
      "its pipeline's artifacts and cache",
      ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"],
      `${artifactBucketArn}/${folder}/*`,
    ),
    allow("whose they are is checked first", ["s3:GetBucketAcl", "s3:GetBucketLocation"], artifactBucketArn),
    allow("artifacts are encrypted", ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*", "kms:ReEncrypt*"], keyArn),
    allow("an interface in these subnets", "ec2:CreateNetworkInterface", [interfaces, ...subnetArns, securityGroupArn]),
    allow("and only for CodeBuild", "ec2:CreateNetworkInterfacePermission", interfaces, {
      StringEquals: { "ec2:AuthorizedService": "codebuild.amazonaws.com" },
      ArnEquals: { "ec2:Subnet": subnetArns },
    }),
    allow("which goes with the build", "ec2:DeleteNetworkInterface", interfaces, { ArnEquals: { "ec2:Subnet": subnetArns } }),
    allow(
      "EC2's descriptions have no resource level",
      ["ec2:DescribeDhcpOptions", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeVpcs"],
      "*",
    ),
    ...(imageRepositoryArn === undefined ? [] : pushRights(imageRepositoryArn)),
  ];
}
