/** Pipelines of AWS: source by connection, build, test, approval, deployment. */
import { z } from "zod";
import { whole } from "../forms.ts";
import { branch, shortLabel, sourceRepository } from "./forms.ts";

export const connectionSchema = z.strictObject({
  provider: z
    .enum(["GitHub", "GitLab", "Bitbucket"])
    .describe("Where repositories live; somebody accepts the connection once, in the console"),
});

const commands = z.array(z.string().min(1).describe("One shell command"));

const build = z.strictObject({
  service: shortLabel.optional().describe("Service of `ci.services` whose image is built and pushed; absent: no image"),
  commands: commands.default([]).describe("Commands of the build, before an image is built"),
  buildspec: z
    .string()
    .regex(/^[\w][\w./-]*\.ya?ml$/)
    .meta({ form: 'a file in the repository, for example "ci/buildspec.yaml"' })
    .optional()
    .describe("File of the repository with all phases; absent: the one that this workspace writes"),
  image: z
    .string()
    .regex(/^aws\/codebuild\/[\w.-]+:(?!latest$)[\w.-]+$/)
    .meta({ form: 'an image of CodeBuild with its version, for example "aws/codebuild/amazonlinux-x86_64-standard:5.0"' })
    .default("aws/codebuild/amazonlinux-x86_64-standard:5.0")
    .describe("Image in which it runs"),
  compute: z.enum(["SMALL", "MEDIUM", "LARGE", "XLARGE"]).default("SMALL").describe("Size of the machine"),
  timeoutMinutes: whole("minutes", 5, 480).default(30).describe("Minutes until a build is stopped"),
});

export const pipelineSchema = z.strictObject({
  source: z
    .strictObject({
      connection: shortLabel.describe("Connection of `ci.connections`"),
      repository: sourceRepository.describe("Repository that it follows"),
      branch: branch.default("main").describe("Branch whose pushes start it"),
      paths: z.array(z.string().min(1)).max(8).default([]).describe("Only pushes that change these files start it; none: every push"),
    })
    .describe("Where its code comes from"),
  build: build.prefault({}).describe("How it is built"),
  test: z
    .strictObject({
      commands: commands.min(1).describe("Commands of the tests"),
      timeoutMinutes: whole("minutes", 5, 480).default(30).describe("Minutes until they are stopped"),
    })
    .optional()
    .describe("Tests of what was built, on a machine without Docker; absent: none"),
  approval: z
    .strictObject({ message: z.string().min(1).max(500).describe("What is asked") })
    .optional()
    .describe("Somebody's yes before the deployment; absent: none is asked"),
  deployment: shortLabel.optional().describe("Deployment of `ci.deployments`; absent: nothing is deployed here, as with Argo CD"),
});
