/** A build project: its machine, its log, its cache and the role that it has. */
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group/index.js";
import { CodebuildProject } from "@cdktf/provider-aws/lib/codebuild-project/index.js";
import { Construct } from "constructs";
import { trust } from "../../iam/policy.ts";
import type { CiContext } from "../context.ts";
import { CiRole } from "../role.ts";
import type { BuildPlace, OutwardGroup } from "./network.ts";
import { buildRights } from "./rights.ts";

export interface ProjectSettings {
  readonly context: CiContext;
  /** For example shop-api-build. */
  readonly name: string;
  readonly description: string;
  /** YAML, or a file of the repository. */
  readonly buildspec: string;
  readonly image: string;
  readonly compute: string;
  readonly timeoutMinutes: number;
  readonly place: BuildPlace;
  readonly group: OutwardGroup;
  readonly keyArn: string;
  readonly artifacts: { readonly arn: string; readonly name: string; readonly folder: string };
  /** Image repository that it pushes to; absent: it builds no image, and gets no Docker. */
  readonly pushesTo: { readonly arn: string; readonly url: string } | undefined;
}

/** In production logs of builds answer the question which code made an image; a quarter is how far back releases are kept. */
const logDays = 90;

export class BuildProject extends Construct {
  readonly projectName: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, settings: ProjectSettings) {
    super(scope, id);
    const { context, description, image, compute, timeoutMinutes, place, group, keyArn, artifacts, pushesTo } = settings;
    const { account, region, named } = context;
    const name = named(settings.name);
    const log = new CloudwatchLogGroup(this, "log", { name: `/aws/codebuild/${name}`, retentionInDays: logDays, kmsKeyId: keyArn });
    const subnets = Object.values(place.subnetIds);
    const role = new CiRole(this, "identity", {
      name,
      description: `Builds ${settings.name}`,
      trust: [
        trust("builds of this account", { service: ["codebuild.amazonaws.com"] }, "sts:AssumeRole", {
          StringEquals: { "aws:SourceAccount": account },
        }),
      ],
      statements: buildRights({
        account,
        region,
        logGroupArn: log.arn,
        keyArn,
        artifactBucketArn: artifacts.arn,
        folder: artifacts.folder,
        subnetArns: subnets.map((subnet) => `arn:aws:ec2:${region}:${account}:subnet/${subnet}`),
        securityGroupArn: group.arn,
        imageRepositoryArn: pushesTo?.arn,
      }),
    });
    const project = new CodebuildProject(this, "project", {
      name,
      description,
      serviceRole: role.arn,
      encryptionKey: keyArn,
      buildTimeout: timeoutMinutes,
      // A commit that waits longer is overtaken by the next.
      queuedTimeout: 60,
      source: { type: "CODEPIPELINE", buildspec: settings.buildspec },
      artifacts: { type: "CODEPIPELINE" },
      environment: {
        type: "LINUX_CONTAINER",
        image,
        computeType: `BUILD_GENERAL1_${compute}`,
        // Docker needs it; whoever builds no image does not get it.
        privilegedMode: pushesTo !== undefined,
        environmentVariable: pushesTo ? [{ name: "IMAGE_REPOSITORY", value: pushesTo.url }] : [],
      },
      // By S3: a cache on the machine does not work in a VPC (CodeBuild user guide, "Local caching").
      cache: { type: "S3", location: `${artifacts.name}/${artifacts.folder}/cache` },
      logsConfig: { cloudwatchLogs: { groupName: log.name }, s3Logs: { status: "DISABLED" } },
      vpcConfig: { vpcId: place.vpcId, subnets, securityGroupIds: [group.groupId] },
      dependsOn: [...role.rights],
    });
    this.projectName = project.name;
    this.arn = project.arn;
  }
}
