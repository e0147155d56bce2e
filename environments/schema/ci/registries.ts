/** Container registries: services that have one, who pulls, what is kept and what is copied. */
import { z } from "zod";
import { accountId, label, region, roleArn, whole } from "../forms.ts";
import { branchPattern, secretArn, subjectRepository, uuid } from "./forms.ts";

export const serviceSchema = z.strictObject({
  team: label.describe("Team that owns it; the repository is `<team>/<service>`"),
  repository: subjectRepository.describe("Source repository whose jobs push its images"),
  branches: z.array(branchPattern).min(1).default(["main"]).describe("Branches whose jobs may push"),
  environments: z.array(label).default([]).describe("GitHub environments whose jobs may push, whatever their branch"),
  previews: z
    .boolean()
    .default(false)
    .describe(
      "Pull requests inside the repository may push, too, by a role and into an image repository of their own, `<team>/<service>/previews`; needs `ci.github`",
    ),
  circleciProject: uuid.optional().describe("Project of CircleCI whose jobs on these branches may push; needs `ci.circleci`"),
  assumedBy: z.array(roleArn).default([]).describe("Roles that may take the push role, for example of Jenkins's agents"),
});

/** Upstreams that a pull-through cache can have, and whether they ask for credentials. Source: ECR user guide, "Using pull through cache rules". */
export const upstreams = {
  "public.ecr.aws": "open",
  "registry.k8s.io": "open",
  "quay.io": "open",
  "registry-1.docker.io": "login",
  "ghcr.io": "login",
  "registry.gitlab.com": "login",
} as const;

const upstreamNames = Object.keys(upstreams) as [keyof typeof upstreams, ...(keyof typeof upstreams)[]];

const pullThrough = z.strictObject({
  upstream: z.enum(upstreamNames).describe("Registry that is cached"),
  secret: secretArn.optional().describe("Credentials for upstreams that ask for them; its name begins with ecr-pullthroughcache/"),
});

const replica = z.strictObject({
  region: region.describe("Region of the copies"),
  account: accountId.optional().describe("Account of the copies, which must allow it by `replicasFrom`; absent: this one"),
});

export const registriesSchema = z.strictObject({
  keep: z
    .strictObject({
      // Every merge makes one, and production may run one of a month ago: it must be among them, or its next pod finds no image.
      images: whole("images", 5, 1000)
        .default(100)
        .describe("Newest images of a service that are kept; more than are built between two releases to production"),
      untaggedDays: whole("days", 1, 90).default(7).describe("Days that images without a tag are kept"),
      previewDays: whole("days", 1, 90).default(14).describe("Days that images of pull requests are kept"),
    })
    .prefault({})
    .describe("How long images stay"),
  readers: z
    .record(label, accountId.describe("Account of one environment"))
    .default({})
    .describe("Environments whose clusters pull, with their accounts"),
  replicas: z.array(replica.describe("One destination")).max(25).default([]).describe("Where every image is copied to"),
  replicasFrom: z.array(accountId).default([]).describe("Accounts that may copy their images into this one"),
  pullThrough: z
    .record(label, pullThrough.describe("One cache"))
    .default({})
    .describe("Caches of other registries, by the first part of their repositories' names"),
});
