/** One pipeline: its builds, its role, its stages, what starts it and where its news goes. */
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm/index.js";
import { Codepipeline } from "@cdktf/provider-aws/lib/codepipeline/index.js";
import { Construct } from "constructs";
import type { CiConfig } from "../../../environments/schema.ts";
import { escaped } from "../../addons/values.ts";
import { trust } from "../../iam/policy.ts";
import { buildspec, testspec } from "../builds/buildspec.ts";
import type { BuildPlace, OutwardGroup } from "../builds/network.ts";
import { BuildProject, type ProjectSettings } from "../builds/project.ts";
import type { CiContext } from "../context.ts";
import type { Deployment } from "../deployments/deployment.ts";
import { buildEvents, pipelineEvents } from "../notifications/events.ts";
import { tellNews } from "../notifications/rule.ts";
import { CiRole } from "../role.ts";
import { artifactFolder, pipelineName } from "./names.ts";
import { pipelineRights } from "./rights.ts";
import { stages, trigger } from "./stages.ts";

export interface PipelineSettings {
  readonly context: CiContext;
  readonly name: string;
  readonly config: CiConfig["pipelines"][string];
  readonly connection: { readonly arn: string; readonly provider: CiConfig["connections"][string]["provider"] };
  readonly place: BuildPlace;
  readonly group: OutwardGroup;
  readonly keyArn: string;
  readonly bucket: { readonly name: string; readonly arn: string };
  readonly topicArn: string;
  /** Image repository of the service that it builds. */
  readonly pushesTo: ProjectSettings["pushesTo"];
  readonly deployment: Deployment | undefined;
}

export class Pipeline extends Construct {
  constructor(scope: Construct, id: string, settings: PipelineSettings) {
    super(scope, id);
    const { context, name, config, connection, keyArn, bucket, topicArn, deployment } = settings;
    const { account, region } = context;
    const fullName = pipelineName(context, name);
    const { build, test } = this.projects(settings);
    const role = new CiRole(this, "identity", {
      name: context.named(`${name}-pipeline`),
      description: `Runs the pipeline ${name}`,
      trust: [
        trust("pipelines of this account", { service: ["codepipeline.amazonaws.com"] }, "sts:AssumeRole", {
          StringEquals: { "aws:SourceAccount": account },
        }),
      ],
      statements: pipelineRights({
        connectionArn: connection.arn,
        repository: config.source.repository,
        projectArns: [build.arn, ...(test ? [test.arn] : [])],
        artifactBucketArn: bucket.arn,
        folder: artifactFolder(fullName),
        keyArn,
        topicArn,
        deployment: deployment && {
          applicationArn: deployment.applicationArn,
          groupArn: `arn:aws:codedeploy:${region}:${account}:deploymentgroup:${deployment.application}/${deployment.groupName}`,
          configArn: `arn:aws:codedeploy:${region}:${account}:deploymentconfig:${deployment.configName}`,
        },
      }),
    });
    const pipeline = new Codepipeline(this, "pipeline", {
      name: fullName,
      roleArn: role.arn,
      pipelineType: "V2",
      // Every commit goes the whole way, one after another: two deployments at once would be neither.
      executionMode: "QUEUED",
      artifactStore: [{ type: "S3", location: bucket.name, encryptionKey: { type: "KMS", id: keyArn } }],
      stage: stages(config, {
        connectionArn: connection.arn,
        provider: connection.provider,
        buildProject: build.projectName,
        testProject: test?.projectName,
        topicArn,
        deployment: deployment && { application: deployment.application, group: deployment.groupName },
      }),
      trigger: [trigger(config)],
      dependsOn: [...role.rights],
    });
    tellNews(this, "news", { name: context.named(`${name}-pipeline`), about: pipeline.arn, events: pipelineEvents, topicArn });
    tellNews(this, "build-news", { name: context.named(`${name}-build`), about: build.arn, events: buildEvents, topicArn });
    new CloudwatchMetricAlarm(this, "failing", {
      alarmName: context.named(`${name}-pipeline-failed`),
      alarmDescription: `The pipeline ${name} failed; until it succeeds nothing new is delivered`,
      namespace: "AWS/CodePipeline",
      metricName: "FailedPipelineExecutions",
      dimensions: { PipelineName: pipeline.name },
      statistic: "Sum",
      period: 300,
      evaluationPeriods: 1,
      threshold: 0,
      comparisonOperator: "GreaterThanThreshold",
      // Nothing is counted while nothing runs.
      treatMissingData: "notBreaching",
      alarmActions: [topicArn],
    });
  }

  private projects({ context, name, config, place, group, keyArn, bucket, pushesTo }: PipelineSettings) {
    const { build, test } = config;
    const common = { context, place, group, keyArn, artifacts: { ...bucket, folder: artifactFolder(pipelineName(context, name)) } };
    const spec = build.buildspec ?? escaped(buildspec({ commands: build.commands, image: pushesTo !== undefined }));
    const { image, compute } = build;
    return {
      build: new BuildProject(this, "build", {
        ...common,
        name: `${name}-build`,
        description: `Builds ${config.source.repository}`,
        buildspec: spec,
        image,
        compute,
        timeoutMinutes: build.timeoutMinutes,
        pushesTo,
      }),
      test: test
        ? new BuildProject(this, "test", {
            ...common,
            name: `${name}-test`,
            description: `Tests ${config.source.repository}`,
            buildspec: escaped(testspec(test.commands)),
            image,
            compute,
            timeoutMinutes: test.timeoutMinutes,
            pushesTo: undefined,
          })
        : undefined,
    };
  }
}
