/** Options of Atlantis. Secrets are only named here. */
import { z } from "zod";
import { terraform } from "../../versions.ts";
import { arn, cidr, repository, roleArn, semver } from "../forms.ts";
import { options } from "./common.ts";
import { hostNamed, secretNamed } from "./names.ts";

const host = hostNamed("atlantis.dev.example.com");
const secretName = secretNamed("mainline/dev/atlantis");
const team = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,98}$/)
  .meta({ form: 'a GitHub team as in its address, for example "platform"' });

export const atlantis = options(
  {
    host: host.describe("Host name of the user interface"),
    certificate: arn.optional().describe("Certificate in ACM; absent: the load balancer controller finds one by the host name"),
    repositories: z.array(repository).min(1).optional().describe("Repositories that it serves; absent: the environment's own"),
    app: z
      .strictObject({
        id: z.int().min(1).describe("Id of the GitHub App"),
        slug: z.string().min(1).describe("Its name in addresses"),
        installation: z.int().min(1).optional().describe("Id of its installation, where the app has several"),
        secret: secretName.describe("Secret with the app's private key and the webhook's secret: keys `key` and `webhook`"),
      })
      .describe("The GitHub App by which it reads, comments and sets statuses"),
    roles: z
      .strictObject({
        plan: roleArn.describe("Role that plans: reads, and writes locks of the state only"),
        apply: roleArn.describe("Role that applies, under a permissions boundary"),
      })
      .describe("Roles that it takes; both trust the role `<project>-<environment>-atlantis` for sts:AssumeRole and sts:TagSession"),
    teams: z
      .strictObject({
        plan: z.array(team).min(1).describe("Teams that may plan by comment"),
        apply: z.array(team).min(1).describe("Teams that may plan, apply, import and unlock"),
      })
      .describe("Who may comment what"),
    branch: z.string().min(1).default("main").describe("Base branch of the pull requests that it serves"),
    file: z.string().min(1).default("atlantis.yaml").describe("File of the repository that lists the projects"),
    // The stock image has neither; plans of stacks with Kubernetes call `aws eks get-token`.
    image: z
      .string()
      .regex(/^[\w./-]+(:\d+)?[\w./-]*:[\w.-]+$/)
      .meta({ form: 'an image with a tag, for example "111122223333.dkr.ecr.ap-northeast-2.amazonaws.com/atlantis:0.46.0-1"' })
      .optional()
      .describe("Image with Node.js and the AWS CLI on top of Atlantis's own; absent: Atlantis's own"),
    hook: z
      .string()
      .min(1)
      .optional()
      .describe("Command that writes `file` before each plan and apply, without credentials; absent: `file` is in the repository"),
    mainline: z
      .string()
      .min(1)
      .optional()
      .describe(
        "Command of this workspace in `image`, from a copy that pull requests cannot change: plans are reviewed by it, and only what was reviewed is applied; absent: neither",
      ),
    terraform: semver.default(terraform).describe("Version of Terraform, as CI has it"),
    login: secretName.optional().describe("Secret with `username` and `password` of the user interface; absent: open to who reaches it"),
    webhook: z
      .strictObject({
        host: host.describe("Public host name for GitHub's calls"),
        ingressClass: z.string().min(1).default("alb-public").describe("Class of the public load balancer; it serves /events only"),
        // Source: https://api.github.com/meta, "hooks".
        from: z
          .array(cidr)
          .min(1)
          .default(["192.30.252.0/22", "185.199.108.0/22", "140.82.112.0/20", "143.55.64.0/20"])
          .describe("Who may call it; the default is what GitHub publishes"),
      })
      .optional()
      .describe("Way in for GitHub's calls; absent: they come by `host`"),
    slack: z
      .strictObject({
        channel: z
          .string()
          .regex(/^[a-z0-9_-]{1,80}$/)
          .meta({ form: 'a channel without #, for example "deployments"' })
          .describe("Channel for applies"),
        secret: secretName.describe("Secret with the bot's token: key `token`"),
      })
      .optional()
      .describe("Messages about applies to Slack; absent: none"),
  },
  [
    {
      host: "atlantis.dev.example.com",
      app: { id: 123456, slug: "example-atlantis", secret: "atlantis-github" },
      roles: { plan: "arn:aws:iam::111122223333:role/mainline-test-plan", apply: "arn:aws:iam::111122223333:role/mainline-test-apply" },
      teams: { plan: ["backend"], apply: ["platform"] },
    },
    {
      host: "atlantis.dev.example.com",
      certificate: "arn:aws:acm:ap-northeast-2:111122223333:certificate/1234abcd-12ab-34cd-56ef-1234567890ab",
      repositories: ["example/mainline", "example/network"],
      app: { id: 123456, slug: "example-atlantis", installation: 7890, secret: "atlantis-github" },
      roles: { plan: "arn:aws:iam::111122223333:role/mainline-test-plan", apply: "arn:aws:iam::111122223333:role/mainline-test-apply" },
      teams: { plan: ["backend", "quality"], apply: ["platform"] },
      image: "111122223333.dkr.ecr.ap-northeast-2.amazonaws.com/atlantis:0.46.0-1",
      hook: "npm ci --ignore-scripts && node cli/mainline.js atlantis --environment dev",
      mainline: "node /opt/mainline/cli/mainline.js",
      login: "atlantis-login",
      webhook: { host: "atlantis-hooks.example.com" },
      slack: { channel: "infrastructure", secret: "atlantis-slack" },
    },
  ],
);
