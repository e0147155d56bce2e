/** What a pipeline may do: follow one connection, start its own builds and deployments, pass artifacts on. Pure. */
import { allow, type Statement } from "../../iam/policy.ts";

export interface PipelineScope {
  readonly connectionArn: string;
  readonly repository: string;
  readonly projectArns: readonly string[];
  readonly artifactBucketArn: string;
  /** Folder of its artifacts in that bucket. */
  readonly folder: string;
  readonly keyArn: string;
  readonly topicArn: string;
  readonly deployment: { readonly applicationArn: string; readonly groupArn: string; readonly configArn: string } | undefined;
}

/** Source: CodePipeline user guide, "Add permissions to the CodePipeline service role". */
export function pipelineRights(scope: PipelineScope): readonly Statement[] {
  const { connectionArn, repository, projectArns, artifactBucketArn, folder, keyArn, topicArn, deployment } = scope;
  return [
    // The old prefix is what CodePipeline still asks for; connections of the new kind answer to both (Developer Tools console guide, "Renaming").
    allow("read this one repository by the connection", "codestar-connections:UseConnection", connectionArn, {
      StringEqualsIfExists: { "codestar-connections:FullRepositoryId": repository },
    }),
    allow("the same by its new name", "codeconnections:UseConnection", connectionArn, {
      StringEqualsIfExists: { "codeconnections:FullRepositoryId": repository },
    }),
    allow("start its builds and follow them", ["codebuild:StartBuild", "codebuild:BatchGetBuilds"], projectArns),
    allow(
      "hand artifacts from stage to stage",
      ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"],
      `${artifactBucketArn}/${folder}/*`,
    ),
    allow("whose they are is checked first", ["s3:GetBucketAcl", "s3:GetBucketLocation", "s3:GetBucketVersioning"], artifactBucketArn),
    allow("artifacts and messages are encrypted", ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*", "kms:ReEncrypt*"], keyArn),
    allow("ask for approval", "sns:Publish", topicArn),
    ...(deployment === undefined
      ? []
      : [
          allow("deploy, and wait for how it ends", ["codedeploy:CreateDeployment", "codedeploy:GetDeployment"], deployment.groupArn),
          allow(
            "with what was built",
            ["codedeploy:GetApplication", "codedeploy:GetApplicationRevision", "codedeploy:RegisterApplicationRevision"],
            deployment.applicationArn,
          ),
          allow("in its way", "codedeploy:GetDeploymentConfig", deployment.configArn),
        ]),
  ];
}
