/** Options of Argo CD. Secrets are only named here; where they come from is said once, in `secretName`. */
import { z } from "zod";
import { arn, cidr, label, roleArn } from "../forms.ts";
import { options } from "./common.ts";
import { hostNamed, secretNamed } from "./names.ts";

const host = hostNamed("argocd.dev.example.com");
const secretName = secretNamed("mainline/dev/argocd");
/** Source: GitHub documentation, "About organizations" and "About teams": slugs are lower case with hyphens. */
const slug = z
  .string()
  .regex(/^[A-Za-z0-9]([A-Za-z0-9-]{0,98}[A-Za-z0-9])?$/)
  .meta({ form: 'a GitHub organisation or team as in its address, for example "platform"' });
const repositoryUrl = z
  .string()
  .regex(/^(https:\/\/|ssh:\/\/|git@)[^\s]+$/)
  .meta({ form: 'an address by HTTPS or SSH, for example "https://github.com/example/shop.git" or "git@github.com:example/shop.git"' });
const role = z.enum(["devops", "developer", "sqa"]);

const sso = z.strictObject({
  organisation: slug.describe("GitHub organisation whose teams may log in"),
  secret: secretName.describe("Secret with the OAuth app: keys `clientId` and `clientSecret`"),
  teams: z
    .strictObject({
      devops: z.array(slug).min(1).describe("Teams that may do everything"),
      developer: z.array(slug).default([]).describe("Teams that sync projects and restart workloads"),
      sqa: z.array(slug).default([]).describe("Teams that look at everything"),
    })
    .describe("Who gets which role; other members of the organisation do not get in"),
  clients: z
    .record(
      label,
      z.strictObject({
        redirects: z
          .array(z.url({ protocol: /^https$/ }))
          .min(1)
          .describe("Addresses that people come back to"),
        secret: secretName.describe("Secret of the client: key `client-secret`"),
      }),
    )
    .default({})
    .describe(
      "Other programs that log people in by this dex, for example Argo Workflows; without external-secrets the Kubernetes secret is `argocd-client-<name>`",
    ),
});

const project = z.strictObject({
  description: z.string().default("").describe("What it is for"),
  repositories: z.array(z.string().min(1)).min(1).describe("Repositories that it may deploy from; `*` stands for other characters"),
  namespaces: z.array(z.string().min(1)).min(1).describe("Namespaces that it may deploy to; `*` stands for other characters"),
  clusters: z.array(label).default([]).describe("Further clusters that it may deploy to, by their name in `clusters`"),
  developers: z.array(slug).default([]).describe("Teams of the organisation that alone sync it; empty: every developer"),
});

const repository = z.strictObject({
  url: repositoryUrl.describe("The repository, or the beginning of several"),
  type: z.enum(["git", "helm"]).default("git").describe("What is in it"),
  covers: z
    .enum(["repository", "prefix"])
    .default("repository")
    .describe("`prefix`: the secret serves every repository that begins with `url`"),
  secret: secretName
    .optional()
    .describe("Secret with keys `username` and `password` (HTTPS) or `sshPrivateKey` (SSH); absent: a public repository"),
});

const clusterEntry = z.strictObject({
  server: z.url().describe("Endpoint of its API server"),
  name: z.string().min(1).describe("Name of the EKS cluster, for its token"),
  role: roleArn.describe("Role that Argo CD takes there; it has an access entry in that cluster and trusts this account's Argo CD"),
  certificateAuthority: z.string().min(1).describe("Certificate authority as `aws eks describe-cluster` gives it (base64)"),
});

export const argoCd = options(
  {
    host: host.describe("Host name of the user interface and the API"),
    certificate: arn.optional().describe("Certificate in ACM; absent: the load balancer controller finds one by the host name"),
    admin: z.boolean().default(true).describe("Built-in user `admin`; switch it off once single sign-on works"),
    users: z
      .record(label, z.strictObject({ role: role.describe("Role of the user") }))
      .default({})
      .describe("Local users with password and tokens, besides `automation`"),
    sso: sso.optional().describe("Single sign-on with GitHub by dex; absent: local users only"),
    projects: z.record(label, project).default({}).describe("Projects besides `platform`, which has the root application"),
    root: z
      .strictObject({
        repository: repositoryUrl.optional().describe("Repository; absent: the environment's own on GitHub"),
        path: z.string().min(1).optional().describe("Folder; absent: `gitops/environments/<environment>`"),
        revision: z.string().min(1).default("main").describe("Branch, tag or commit"),
      })
      .prefault({})
      .describe("The application that brings all others"),
    repositories: z.record(label, repository).default({}).describe("Repositories that Argo CD reads"),
    clusters: z.record(label, clusterEntry).default({}).describe("Further clusters that Argo CD deploys to"),
    webhook: z
      .strictObject({
        secret: secretName.describe("Secret of the webhook: key `webhook`"),
        host: host.optional().describe("Public host name for GitHub's calls; absent: the webhook comes by the internal one"),
        ingressClass: z.string().min(1).default("alb-public").describe("Class of the public load balancer; it serves /api/webhook only"),
        // Source: https://api.github.com/meta, "hooks".
        from: z
          .array(cidr)
          .min(1)
          .default(["192.30.252.0/22", "185.199.108.0/22", "140.82.112.0/20", "143.55.64.0/20"])
          .describe("Who may call it; the default is what GitHub publishes"),
      })
      .optional()
      .describe("GitHub tells of pushes; absent: repositories are asked every two to three minutes"),
    slack: z
      .strictObject({
        channel: z
          .string()
          .regex(/^[a-z0-9_-]{1,80}$/)
          .meta({ form: 'a channel without #, for example "deployments"' })
          .describe("Channel for failed syncs, degraded and deployed applications"),
        secret: secretName.describe("Secret with the bot's token: key `slack-token`"),
      })
      .optional()
      .describe("Notifications to Slack; absent: none"),
  },
  [
    { host: "argocd.dev.example.com" },
    {
      host: "argocd.dev.example.com",
      certificate: "arn:aws:acm:ap-northeast-2:111122223333:certificate/1234abcd-12ab-34cd-56ef-1234567890ab",
      admin: false,
      users: { release: { role: "developer" } },
      sso: {
        organisation: "example",
        secret: "argocd-github",
        teams: { devops: ["platform"], developer: ["backend"], sqa: ["quality"] },
        clients: { "argo-workflows": { redirects: ["https://workflows.dev.example.com/oauth2/callback"], secret: "argo-workflows-login" } },
      },
      projects: {
        shop: { description: "The shop", repositories: ["https://github.com/example/shop-*"], namespaces: ["shop-*"], clusters: ["edge"] },
        billing: { repositories: ["git@github.com:example/billing.git"], namespaces: ["billing"], developers: ["payments"] },
      },
      root: { revision: "release" },
      repositories: {
        charts: { url: "https://charts.example.com", type: "helm" },
        github: { url: "https://github.com/example", covers: "prefix", secret: "argocd-github-read" },
        billing: { url: "git@github.com:example/billing.git", secret: "argocd-billing-key" },
      },
      clusters: {
        edge: {
          server: "https://FEDCBA9876543210.gr7.ap-northeast-2.eks.amazonaws.com",
          name: "mainline-edge",
          role: "arn:aws:iam::444455556666:role/mainline-edge-argocd",
          certificateAuthority: "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t",
        },
      },
      webhook: { secret: "argocd-webhook", host: "argocd-webhook.dev.example.com" },
      slack: { channel: "deployments", secret: "argocd-slack" },
    },
  ],
);
