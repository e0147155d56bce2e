/** Build projects. */
import { type Fields, found, keeping, Refused, someTime } from "../kept.ts";

/** ARN of a project; its role is of the same account. */
function arnOf(region: string, { name, serviceRole }: Fields): string {
  return `arn:aws:codebuild:${region}:${String(serviceRole).split(":")[4]}:project/${name}`;
}

/** What the service fills in. Source: CodeBuild API reference, Project. */
function complete(region: string, project: Fields): Fields {
  const defaults = { badge: { badgeEnabled: false }, projectVisibility: "PRIVATE", created: someTime, lastModified: someTime };
  return { ...defaults, ...project, arn: arnOf(region, project) };
}

export const projects = () =>
  keeping(
    "codebuild-projects",
    "codebuild",
    "moto 5.2.5 refuses a source of the type CODEPIPELINE without a location, keeps neither VPC nor log settings and lacks UpdateProject; CodeBuild API reference: a pipeline gives the source, and BatchGetProjects returns the project as it was given.",
    {
      CreateProject: ({ kept, body, request }) => {
        const name = String(body.name);
        if (kept.has(name)) throw new Refused("ResourceAlreadyExistsException", `${name} is there already.`);
        const project = complete(request.region, body);
        kept.set(name, project);
        return { project };
      },
      BatchGetProjects: ({ kept, body }) => {
        // By name or ARN.
        const names = (body.names as readonly string[]).map((name) => name.replace(/^.*:project\//, ""));
        const there = names.flatMap((name) => kept.get(name) ?? []);
        return { projects: there, projectsNotFound: names.filter((name) => !kept.has(name)) };
      },
      UpdateProject: ({ kept, body, request }) => {
        const name = String(body.name);
        const project = complete(request.region, { ...found(kept, name, "ResourceNotFoundException"), ...body });
        kept.set(name, project);
        return { project };
      },
      DeleteProject: ({ kept, body }) => {
        kept.delete(String(body.name).replace(/^.*:project\//, ""));
        return {};
      },
    },
  );
