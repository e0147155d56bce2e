/** Options of a set of GitHub Actions runners. */
import { z } from "zod";
import { roleArn, whole } from "../forms.ts";
import { options } from "./common.ts";
import { secretNamed } from "./names.ts";

export const ghaRunnerScaleSet = options(
  {
    name: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,28}[a-z0-9]$/)
      .meta({ form: "a name of 2 to 30 lower-case letters, digits and hyphens" })
      .optional()
      .describe("What a workflow says in `runs-on`; absent: `<project>-<environment>`"),
    url: z
      .string()
      .regex(/^https:\/\/[\w.-]+(\/[\w.-]+){1,2}$/)
      .meta({ form: 'a repository or an organisation, for example "https://github.com/example"' })
      .optional()
      .describe("Whose jobs run here; absent: those of the environment's own repository"),
    secret: secretNamed("mainline/dev/runners").describe(
      "Secret of the GitHub App: keys `github_app_id`, `github_app_installation_id` and `github_app_private_key`",
    ),
    min: whole("runners", 0, 100).default(0).describe("Runners that wait for jobs"),
    max: whole("runners", 1, 500).default(10).describe("Runners at most"),
    milliCpu: whole("millicores", 100, 64_000).default(1000).describe("CPU that a runner requests"),
    memoryMiB: whole("MiB", 256, 524_288).default(2048).describe("Memory that a runner requests, and its limit"),
    image: z
      .string()
      .regex(/^[\w./-]+(:\d+)?[\w./-]*:(?!latest$)[\w.-]+$/)
      .meta({ form: "an image with a tag other than `latest`" })
      .default("ghcr.io/actions/actions-runner:2.338.0")
      .describe("Image of the runner; GitHub stops taking jobs to versions that are older than some months"),
    roles: z.array(roleArn).default([]).describe("Roles that every job may take; better none, and OpenID Connect by workflow"),
  },
  [
    { secret: "github-runners" },
    {
      name: "linux-large",
      url: "https://github.com/example",
      secret: "github-runners",
      min: 1,
      max: 40,
      milliCpu: 4000,
      memoryMiB: 8192,
      image: "111122223333.dkr.ecr.ap-northeast-2.amazonaws.com/runner:2.338.0-1",
      roles: ["arn:aws:iam::111122223333:role/mainline-test-build"],
    },
  ],
);
