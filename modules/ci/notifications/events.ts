/** Which events are told, by what they are about. Source: Developer Tools console guide, "Events for notification rules". */

export const pipelineEvents = [
  "codepipeline-pipeline-pipeline-execution-failed",
  "codepipeline-pipeline-pipeline-execution-succeeded",
  "codepipeline-pipeline-pipeline-execution-superseded",
  "codepipeline-pipeline-manual-approval-failed",
  "codepipeline-pipeline-manual-approval-needed",
  "codepipeline-pipeline-manual-approval-succeeded",
] as const;

/** That a build succeeded is told by its pipeline. */
export const buildEvents = ["codebuild-project-build-state-failed", "codebuild-project-build-state-stopped"] as const;

export const deploymentEvents = [
  "codedeploy-application-deployment-failed",
  "codedeploy-application-deployment-started",
  "codedeploy-application-deployment-succeeded",
] as const;
