/** Applications of CodeDeploy with their groups and configurations. */
import { type Call, type Fields, found, keeping, Refused, type Tag } from "../kept.ts";

const noApplication = "ApplicationDoesNotExistException";
const noGroup = "DeploymentGroupDoesNotExistException";
const noConfig = "DeploymentConfigDoesNotExistException";

const application = ({ body }: Call) => `application ${body.applicationName}`;
const config = ({ body }: Call) => `config ${body.deploymentConfigName}`;
const group = ({ body }: Call, name = body.deploymentGroupName) => `group ${body.applicationName} ${name}`;
const idOf = (key: string) => Buffer.from(key).toString("hex").slice(0, 32).padEnd(32, "0");

function make({ kept, body }: Call, key: string, taken: string): void {
  if (kept.has(key)) throw new Refused(taken, `${key} is there already.`);
  kept.set(key, body);
}

/** A group as it is returned: lists of names come back as lists of things. Source: CodeDeploy API reference, DeploymentGroupInfo. */
function groupInfo(key: string, { autoScalingGroups, tags: _, ...given }: Fields): Fields {
  const names = (autoScalingGroups as readonly string[] | undefined) ?? [];
  const groups = names.map((name) => ({ name, hook: `CodeDeploy-managed-hook-${name}` }));
  return { computePlatform: "Server", ...given, autoScalingGroups: groups, deploymentGroupId: idOf(key) };
}

export const applications = () =>
  keeping(
    "codedeploy-applications",
    "codedeploy",
    "moto 5.2.5 lacks DeleteApplication, UpdateDeploymentGroup, DeleteDeploymentGroup and deployment configurations, and forgets half of a group; CodeDeploy API reference: what is given is returned.",
    {
      CreateApplication: (call) => {
        make(call, application(call), "ApplicationAlreadyExistsException");
        return { applicationId: idOf(application(call)) };
      },
      GetApplication: (call) => {
        const { tags: _, ...given } = found(call.kept, application(call), noApplication);
        return { application: { computePlatform: "Server", ...given, applicationId: idOf(application(call)), linkedToGitHub: false } };
      },
      DeleteApplication: ({ kept, body }) => {
        for (const key of kept.keys())
          if (key === `application ${body.applicationName}` || key.startsWith(`group ${body.applicationName} `)) kept.delete(key);
        return {};
      },
      CreateDeploymentConfig: (call) => {
        make(call, config(call), "DeploymentConfigAlreadyExistsException");
        return { deploymentConfigId: idOf(config(call)) };
      },
      GetDeploymentConfig: (call) => ({
        deploymentConfigInfo: { ...found(call.kept, config(call), noConfig), deploymentConfigId: idOf(config(call)) },
      }),
      DeleteDeploymentConfig: (call) => {
        call.kept.delete(config(call));
        return {};
      },
      CreateDeploymentGroup: (call) => {
        found(call.kept, application(call), noApplication);
        make(call, group(call), "DeploymentGroupAlreadyExistsException");
        return { deploymentGroupId: idOf(group(call)) };
      },
      GetDeploymentGroup: (call) => ({ deploymentGroupInfo: groupInfo(group(call), found(call.kept, group(call), noGroup)) }),
      UpdateDeploymentGroup: (call) => {
        const { currentDeploymentGroupName: current, newDeploymentGroupName: next = current, ...changes } = call.body;
        const before = found(call.kept, group(call, current), noGroup);
        call.kept.delete(group(call, current));
        call.kept.set(group(call, next), { ...before, ...changes, deploymentGroupName: next });
        return { hooksNotCleanedUp: [] };
      },
      DeleteDeploymentGroup: (call) => {
        call.kept.delete(group(call));
        return { hooksNotCleanedUp: [] };
      },
      ListTagsForResource: ({ kept, body }) => {
        const [kind, name = ""] = String(body.ResourceArn).split(":").slice(5);
        const key = kind === "application" ? `application ${name}` : `group ${name.replace("/", " ")}`;
        return { Tags: (kept.get(key)?.tags as readonly Tag[] | undefined) ?? [] };
      },
    },
  );
