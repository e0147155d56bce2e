/** Options of Jenkins. Secrets are only named here. */
import { z } from "zod";
import { arn, cidr, label, whole } from "../forms.ts";
import { options } from "./common.ts";
import { hostNamed, secretNamed } from "./names.ts";

const host = hostNamed("jenkins.dev.example.com");
const secretName = secretNamed("mainline/dev/jenkins");
const slug = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,98}$/)
  .meta({ form: 'a GitHub organisation, team or user as in its address, for example "platform"' });
const image = z
  .string()
  .regex(/^[\w./-]+(:\d+)?[\w./-]*:(?!latest$)[\w.-]+$/)
  .meta({ form: 'an image with a tag other than `latest`, for example "public.ecr.aws/docker/library/node:20.19-bookworm"' });

const agent = z.strictObject({
  image: image.describe("Image of the container `main`, in which steps run"),
  milliCpu: whole("millicores", 50, 32_000).default(500).describe("CPU that a pod requests"),
  memoryMiB: whole("MiB", 128, 131_072).default(1024).describe("Memory that a pod requests, and its limit"),
});

export const jenkins = options(
  {
    host: host.describe("Host name of the user interface"),
    certificate: arn.optional().describe("Certificate in ACM; absent: the load balancer controller finds one by the host name"),
    admin: secretName.describe("Secret of the local administrator: keys `username` and `password`; used where there is no single sign-on"),
    sso: z
      .strictObject({
        secret: secretName.describe("Secret with the OAuth app: keys `client-id` and `client-secret`"),
        organisation: slug.describe("GitHub organisation of the teams"),
        admins: z.array(slug).min(1).describe("GitHub users who administer it"),
        developers: z.array(slug).default([]).describe("Teams of the organisation that build and cancel"),
        viewers: z.array(slug).default([]).describe("Teams of the organisation that look at builds"),
      })
      .optional()
      .describe("Log in with GitHub; absent: the local administrator only"),
    github: z
      .strictObject({
        organisation: slug.describe("Organisation whose repositories with a Jenkinsfile are built"),
        repositories: z
          .string()
          .regex(/^[\w.*-]+( [\w.*-]+)*$/)
          .meta({ form: "names with `*`, separated by spaces" })
          .default("*")
          .describe("Which of its repositories, with `*`"),
        app: z.int().min(1).describe("Id of the GitHub App"),
        secret: secretName.describe("Secret with the app's private key in PKCS#8 and the webhook's secret: keys `key` and `webhook`"),
      })
      .optional()
      .describe("GitHub organisation; absent: jobs are made by hand"),
    slack: z
      .strictObject({
        workspace: slug.describe("Slack workspace"),
        channel: z
          .string()
          .regex(/^[a-z0-9_-]{1,80}$/)
          .meta({ form: 'a channel without #, for example "builds"' })
          .describe("Channel of messages that name none"),
        secret: secretName.describe("Secret with the bot's token: key `token`"),
      })
      .optional()
      .describe("Messages to Slack by the step `slackSend`; absent: none"),
    webhook: z
      .strictObject({
        host: host.describe("Public host name for GitHub's calls"),
        ingressClass: z
          .string()
          .min(1)
          .default("alb-public")
          .describe("Class of the public load balancer; it serves /github-webhook/ only"),
        // Source: https://api.github.com/meta, "hooks".
        from: z
          .array(cidr)
          .min(1)
          .default(["192.30.252.0/22", "185.199.108.0/22", "140.82.112.0/20", "143.55.64.0/20"])
          .describe("Who may call it; the default is what GitHub publishes"),
      })
      .optional()
      .describe("Way in for GitHub's calls; absent: they come by `host`"),
    agents: z
      .record(label, agent)
      .default({})
      .describe("Pod templates besides `default`, by the label that a Jenkinsfile asks for; each runs in the namespace jenkins-agents"),
    agentLimit: whole("pods", 1, 500).default(20).describe("Agents at once"),
    registries: z.array(arn).default([]).describe("ECR repositories that agents push images to and pull from"),
  },
  [
    { host: "jenkins.dev.example.com", admin: "jenkins-admin" },
    {
      host: "jenkins.dev.example.com",
      certificate: "arn:aws:acm:ap-northeast-2:111122223333:certificate/1234abcd-12ab-34cd-56ef-1234567890ab",
      admin: "jenkins-admin",
      sso: { secret: "jenkins-login", organisation: "example", admins: ["octocat"], developers: ["backend"], viewers: ["quality"] },
      github: { organisation: "example", repositories: "shop-* billing", app: 123456, secret: "jenkins-github" },
      slack: { workspace: "example", channel: "builds", secret: "jenkins-slack" },
      webhook: { host: "jenkins-hooks.example.com" },
      agents: { node: { image: "public.ecr.aws/docker/library/node:20.19-bookworm", milliCpu: 1000, memoryMiB: 2048 } },
      agentLimit: 40,
      registries: ["arn:aws:ecr:ap-northeast-2:111122223333:repository/shop"],
    },
  ],
);
