/** Atlantis: plans and applies of Terraform by comments on pull requests. */
import { stringify } from "yaml";
import type { AddonOptions } from "../../../environments/schema/addons.ts";
import { allow } from "../../iam/policy.ts";
import { addon, type Values } from "../addon.ts";
import { ingressClasses, internalAlb, webhookAlb } from "../ingress.ts";
import { type SecretOption, secretName, secretResources } from "../secret-option.ts";
import { affinityOf, resourcesOf, type Workload } from "../workload.ts";
import { alerts } from "./atlantis/alerts.ts";
import { awsConfig, repositoryConfig, teamAllowlist } from "./atlantis/repos.ts";

const account = "atlantis";

const server: Workload = {
  name: "atlantis",
  kind: "StatefulSet",
  // One writer of one volume; a second one would need Redis for the locks.
  replicas: 1,
  milliCpu: 250,
  memoryMiB: 512,
  // Providers run in this container: the AWS provider alone takes several hundred MiB per plan.
  memoryLimitMiB: 2048,
  maxUnavailable: 1,
  nodes: "any",
};

type Options = AddonOptions<"atlantis">;

function secretsOf({ app, login, slack }: Options) {
  return {
    app: {
      option: "addons.atlantis.app.secret",
      given: app.secret,
      made: "atlantis-github",
      keys: { key: "key.pem", webhook: "github_secret" },
    },
    login: {
      option: "addons.atlantis.login",
      given: login,
      made: "atlantis-login",
      keys: { username: "username", password: "password" },
    },
    slack: { option: "addons.atlantis.slack.secret", given: slack?.secret, made: "atlantis-slack", keys: { token: "token" } },
  } as const satisfies Record<string, SecretOption>;
}

export const atlantis = addon({
  id: "atlantis",
  purpose:
    "Plans and applies Terraform by comments on pull requests, with a role of its own for each and rules that a pull request cannot change",
  chart: "atlantis",
  namespace: "atlantis",
  needs: [{ id: "storage-classes", because: "its volume is of the class gp3" }],
  after: ["aws-load-balancer-controller", "external-secrets", "prometheus-operator-crds"],
  // It starts when its secret is there, which is made after it.
  wait: false,
  alerts: () => alerts,
  workloads: () => [server],
  identities: ({ options: { roles } }) => [
    {
      serviceAccount: account,
      statements: [
        allow(
          "plans and applies; pod identity's session tags go along (EKS user guide, role chaining)",
          ["sts:AssumeRole", "sts:TagSession"],
          [roles.plan, roles.apply],
        ),
      ],
    },
  ],
  values: ({ environment, options, production, has, accountAnnotations }) => {
    const managed = has("external-secrets");
    const secrets = secretsOf(options);
    const repositories = options.repositories ?? [environment.repository];
    const monitored = has("prometheus-operator-crds");
    const login = options.login === undefined ? undefined : secretName(secrets.login, managed);
    return {
      ...pod(options),
      atlantisUrl: `https://${options.host}`,
      orgAllowlist: repositories.map((name) => `github.com/${name}`).join(","),
      githubApp: {
        id: options.app.id,
        slug: options.app.slug,
        ...(options.app.installation !== undefined && { installationId: options.app.installation }),
      },
      vcsSecretName: secretName(secrets.app, managed),
      ...(login !== undefined && { basicAuthSecretName: login }),
      repoConfig: repositoryConfig(options, repositories, environment.name),
      aws: { config: awsConfig(options, environment.region) },
      defaultTFVersion: options.terraform,
      allowForkPRs: false,
      disableApplyAll: true,
      hidePrevPlanComments: true,
      hideUnchangedPlanComments: true,
      environment: flags(options, environment.name),
      serviceAccount: { create: true, name: account, annotations: accountAnnotations(account), mount: false },
      volumeClaim: { enabled: true, dataStorage: production ? "20Gi" : "10Gi", storageClassName: "gp3" },
      ...(options.slack !== undefined && slackValues(options.slack.channel, secretName(secrets.slack, managed))),
      ...ingresses(options),
      servicemonitor: {
        enabled: monitored,
        ...(login !== undefined && {
          auth: { externalSecret: { enabled: true, name: login, keys: { username: "username", password: "password" } } },
        }),
      },
      test: { enabled: false },
    };
  },
  resources: (context) => [
    {
      apiVersion: "policy/v1",
      kind: "PodDisruptionBudget",
      metadata: { name: "atlantis" },
      spec: { maxUnavailable: server.maxUnavailable ?? 1, selector: { matchLabels: { app: "atlantis", release: "atlantis" } } },
    },
    ...secretResources(Object.values(secretsOf(context.options)), context),
  ],
  choices: {
    repoConfig:
      "one workflow per environment, requirements and steps on the server only; no overrides, no own workflows, no discovery, hooks without credentials",
    "aws.config": "profiles for the plan and the apply role; the pod's own identity may do nothing but take them",
    "environment.ATLANTIS_VCS_STATUS_NAME": "one status per environment, so that branch protection can require all of them",
    "environment.ATLANTIS_FAIL_ON_PRE_WORKFLOW_HOOK_ERROR": "on: a broken synth must not plan something else",
    "environment.ATLANTIS_GH_ALLOW_MERGEABLE_BYPASS_APPLY":
      "on, with `ATLANTIS_IGNORE_VCS_STATUS_NAMES`: required statuses of Atlantis itself do not keep its applies from beginning; every other check and review does",
    "environment.ATLANTIS_GH_TEAM_ALLOWLIST": "who may comment what; nobody else starts anything",
    disableApplyAll: "an apply names its project: nobody applies production by a word too few",
    terminationGracePeriodSeconds: "a running apply is finished before the pod goes",
    "serviceAccount.mount": "off: it never talks to this cluster's API as itself",
    "containerSecurityContext.readOnlyRootFilesystem": "on: it writes to its volume, its home and /tmp",
    PodDisruptionBudget: "`maxUnavailable: 1`, so that a drain passes",
  },
  docs: {
    verify: [
      "kubectl -n atlantis rollout status statefulset/atlantis",
      "kubectl -n atlantis exec atlantis-0 -- env AWS_PROFILE=plan aws sts get-caller-identity  # with the AWS CLI in the image",
      "kubectl -n atlantis get ingress",
    ],
    upgrade:
      "Change its line in environments/chart-versions.ts, and rebuild the image where `image` is set. Finish or discard open plans first.",
    remove:
      "Discard plans and locks, then take it out of `addons`. Its volume goes with it, as the class says (gp3 of production: Retain).",
  },
});

function pod({ image }: Options): Values {
  const colon = image?.lastIndexOf(":") ?? -1;
  return {
    ...(image !== undefined && { image: { repository: image.slice(0, colon), tag: image.slice(colon + 1), pullPolicy: "IfNotPresent" } }),
    replicaCount: server.replicas ?? 1,
    resources: resourcesOf(server),
    affinity: affinityOf(server),
    terminationGracePeriodSeconds: 600,
    statefulSet: {
      // The user `atlantis` of the image.
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 100,
        fsGroup: 1000,
        fsGroupChangePolicy: "OnRootMismatch",
        seccompProfile: { type: "RuntimeDefault" },
      },
    },
    containerSecurityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } },
  };
}

/** Flags without a key of their own in the chart. Source: Atlantis, "Server Configuration". */
function flags(options: Options, environment: string): Values {
  return {
    ATLANTIS_VCS_STATUS_NAME: `atlantis/${environment}`,
    ATLANTIS_CHECKOUT_STRATEGY: "merge",
    ATLANTIS_DISCARD_APPROVAL_ON_PLAN: "true",
    // GitHub calls a pull request blocked until `apply` is green in every environment, so that no apply could begin. With these, Atlantis asks for the
    // review decision and all other required checks by itself (server/events/vcs/github/client.go, 0.46). "atlantis" is what all their names begin with.
    ATLANTIS_GH_ALLOW_MERGEABLE_BYPASS_APPLY: "true",
    ATLANTIS_IGNORE_VCS_STATUS_NAMES: "atlantis",
    ATLANTIS_FAIL_ON_PRE_WORKFLOW_HOOK_ERROR: "true",
    ATLANTIS_GH_TEAM_ALLOWLIST: teamAllowlist(options),
    ATLANTIS_WEBSOCKET_CHECK_ORIGIN: "true",
  };
}

function slackValues(channel: string, secret: string): Values {
  const message = { event: "apply", "workspace-regex": ".*", "branch-regex": ".*", kind: "slack", channel };
  return {
    config: stringify({ webhooks: [message] }),
    environmentSecrets: [{ name: "ATLANTIS_SLACK_TOKEN", secretKeyRef: { name: secret, key: "token" } }],
  };
}

/** The user interface inside, and for GitHub only the one path that takes its calls, whose signature Atlantis checks. */
function ingresses({ host, certificate, webhook }: Options): Values {
  return {
    service: { type: "ClusterIP" },
    ingress: {
      enabled: true,
      ingressClassName: ingressClasses.inside,
      host,
      path: "/",
      pathType: "Prefix",
      annotations: internalAlb(certificate, { "healthcheck-path": "/healthz" }),
    },
    ...(webhook && {
      webhook_ingress: {
        enabled: true,
        ingressClassName: webhook.ingressClass,
        host: webhook.host,
        path: "/events",
        pathType: "Exact",
        annotations: webhookAlb(webhook.from, "/healthz"),
      },
    }),
  };
}
