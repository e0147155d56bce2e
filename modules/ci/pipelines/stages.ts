/** What a pipeline is made of, stage by stage: source, build, test, approval, deployment. Pure. */
import type { CiConfig } from "../../../environments/schema.ts";
import { escaped } from "../../addons/values.ts";

type Config = CiConfig["pipelines"][string];
type Provider = CiConfig["connections"][string]["provider"];

/** Page of the commit that asks for approval: its message may be longer than the 1,000 characters that an action's setting takes, and then the stage fails. */
const commits: Readonly<Record<Provider, (repository: string) => string>> = {
  GitHub: (repository) => `https://github.com/${repository}/commit`,
  GitLab: (repository) => `https://gitlab.com/${repository}/-/commit`,
  Bitbucket: (repository) => `https://bitbucket.org/${repository}/commits`,
};

export interface Parts {
  readonly connectionArn: string;
  /** Where the connection leads. */
  readonly provider: Provider;
  readonly buildProject: string;
  /** Absent: no tests. */
  readonly testProject: string | undefined;
  /** Topic that asks for approval. */
  readonly topicArn: string;
  /** Application and group of CodeDeploy; absent: nothing is deployed. */
  readonly deployment: { readonly application: string; readonly group: string } | undefined;
}

export interface Action {
  readonly name: string;
  readonly category: "Source" | "Build" | "Test" | "Approval" | "Deploy";
  readonly owner: "AWS";
  readonly provider: string;
  readonly version: "1";
  readonly configuration: { readonly [key: string]: string };
  readonly inputArtifacts?: string[];
  readonly outputArtifacts?: string[];
  readonly namespace?: string;
}

export interface Stage {
  readonly name: string;
  readonly action: Action[];
}

const aws = { owner: "AWS", version: "1" } as const;

/** Source: CodePipeline user guide, "Action structure reference". */
export function stages({ source, approval }: Config, parts: Parts): Stage[] {
  const { connectionArn, provider, buildProject, testProject, topicArn, deployment } = parts;
  const fromSource: Action = {
    ...aws,
    name: "source",
    category: "Source",
    provider: "CodeStarSourceConnection",
    configuration: {
      ConnectionArn: connectionArn,
      FullRepositoryId: source.repository,
      BranchName: source.branch,
      // Pushes start it by the trigger, which also knows paths.
      DetectChanges: "false",
      OutputArtifactFormat: "CODE_ZIP",
    },
    outputArtifacts: ["source"],
    namespace: "source",
  };
  const build: Action = {
    ...aws,
    name: "build",
    category: "Build",
    provider: "CodeBuild",
    configuration: { ProjectName: buildProject },
    inputArtifacts: ["source"],
    outputArtifacts: ["built"],
    namespace: "build",
  };
  const test = (ProjectName: string): Action => ({
    ...aws,
    name: "test",
    category: "Test",
    provider: "CodeBuild",
    configuration: { ProjectName },
    inputArtifacts: ["built"],
  });
  const ask = (message: string): Action => ({
    ...aws,
    name: "approve",
    category: "Approval",
    provider: "Manual",
    configuration: {
      NotificationArn: topicArn,
      CustomData: `${escaped(message)} Commit #{source.CommitId}`,
      ExternalEntityLink: `${commits[provider](source.repository)}/#{source.CommitId}`,
    },
  });
  const deploy = ({ application, group }: NonNullable<Parts["deployment"]>): Action => ({
    ...aws,
    name: "deploy",
    category: "Deploy",
    provider: "CodeDeploy",
    configuration: { ApplicationName: application, DeploymentGroupName: group },
    inputArtifacts: ["built"],
  });
  return [
    { name: "source", action: [fromSource] },
    { name: "build", action: [build] },
    ...(testProject === undefined ? [] : [{ name: "test", action: [test(testProject)] }]),
    ...(approval === undefined ? [] : [{ name: "approval", action: [ask(approval.message)] }]),
    ...(deployment === undefined ? [] : [{ name: "deploy", action: [deploy(deployment)] }]),
  ];
}

/** Pushes to the branch start it, where paths are named only those that change them. */
export function trigger({ source }: Config) {
  return {
    providerType: "CodeStarSourceConnection",
    gitConfiguration: {
      sourceActionName: "source",
      push: [
        { branches: { includes: [source.branch] }, ...(source.paths.length > 0 && { filePaths: { includes: source.paths.map(escaped) } }) },
      ],
    },
  };
}
