/** Jenkins: builds in pods that live as long as the build, configured as code. */
import type { AddonOptions } from "../../../environments/schema/addons.ts";
import { allow, type Statement } from "../../iam/policy.ts";
import { addon, type Values } from "../addon.ts";
import { ingressClasses, internalAlb, webhookAlb } from "../ingress.ts";
import type { Quota } from "../quota.ts";
import { type SecretOption, secretName, secretResources } from "../secret-option.ts";
import { alerts } from "./jenkins/alerts.ts";
import { authorization, configScripts, podTemplates, securityRealm } from "./jenkins/configuration.ts";
import { plugins } from "./jenkins/plugins.ts";
import { agentPod, controllerPod, workloadsOf } from "./jenkins/pods.ts";

const agentAccount = "jenkins-agent";
const agentNamespace = "jenkins-agents";

type Options = AddonOptions<"jenkins">;

function secretsOf({ admin, sso, github, slack }: Options) {
  const same = (...keys: string[]) => Object.fromEntries(keys.map((key) => [key, key]));
  return {
    admin: {
      option: "addons.jenkins.admin",
      given: admin,
      made: "jenkins-admin",
      keys: { username: "jenkins-admin-user", password: "jenkins-admin-password" },
    },
    sso: { option: "addons.jenkins.sso.secret", given: sso?.secret, made: "jenkins-login", keys: same("client-id", "client-secret") },
    github: { option: "addons.jenkins.github.secret", given: github?.secret, made: "jenkins-github", keys: same("key", "webhook") },
    slack: { option: "addons.jenkins.slack.secret", given: slack?.secret, made: "jenkins-slack", keys: same("token") },
  } as const satisfies Record<string, SecretOption>;
}

export const jenkins = addon({
  id: "jenkins",
  purpose: "Builds Jenkinsfiles of a GitHub organisation in pods that live as long as the build; configured as code",
  chart: "jenkins",
  namespace: "jenkins",
  needs: [{ id: "storage-classes", because: "its home is of the class gp3" }],
  after: ["aws-load-balancer-controller", "external-secrets", "prometheus-operator-crds"],
  // It starts when its secrets are there, which are made after it.
  wait: false,
  alerts: () => alerts,
  workloads: ({ production }) => workloadsOf(production),
  // The controller has none: it only starts pods.
  identities: ({ options }) => [{ serviceAccount: agentAccount, namespace: agentNamespace, statements: agentRights(options) }],
  quotas: ({ options }) => [agentQuota(options)],
  values: ({ options, production, has, accountAnnotations }) => {
    const managed = has("external-secrets");
    const secrets = secretsOf(options);
    const names = {
      sso: secretName(secrets.sso, managed),
      github: secretName(secrets.github, managed),
      slack: secretName(secrets.slack, managed),
    };
    const mounted = [secrets.sso, secrets.github, secrets.slack].filter(({ given }) => given !== undefined);
    return {
      controller: {
        ...controllerPod(production),
        image: { pullPolicy: "IfNotPresent" },
        admin: { createSecret: true, existingSecret: secretName(secrets.admin, managed) },
        additionalExistingSecrets: mounted.flatMap((secret) =>
          Object.values(secret.keys).map((keyName) => ({ name: secretName(secret, managed), keyName })),
        ),
        numExecutors: 0,
        jenkinsUrl: `https://${options.host}/`,
        javaOpts: "-XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError",
        installPlugins: plugins,
        installLatestPlugins: false,
        overwritePlugins: true,
        agentListenerEnabled: false,
        JCasC: {
          defaultConfig: true,
          overwriteConfiguration: true,
          securityRealm: securityRealm(options, names),
          authorizationStrategy: authorization(options),
          configScripts: configScripts(options, names),
        },
        probes: { startupProbe: { failureThreshold: 30 } },
        prometheus: { enabled: has("prometheus-operator-crds"), scrapeEndpoint: "/prometheus/" },
        testEnabled: false,
        ...ingresses(options),
      },
      agent: agents(options),
      persistence: { enabled: true, storageClass: "gp3", size: production ? "50Gi" : "20Gi" },
      serviceAccount: { create: true, name: "jenkins" },
      serviceAccountAgent: {
        create: true,
        name: agentAccount,
        annotations: accountAnnotations(agentAccount),
        automountServiceAccountToken: false,
      },
    };
  },
  resources: (context) => secretResources(Object.values(secretsOf(context.options)), context),
  choices: {
    "controller.JCasC": "realm, rights, GitHub, jobs and Slack as code; what was clicked is gone after a restart",
    "controller.JCasC.authorizationStrategy": "a matrix; by the chart's default everybody who logs in may do everything",
    "controller.installPlugins": "each at one version, and dependencies at the oldest that they accept, so that a restart changes nothing",
    "controller.admin.existingSecret": "the chart's own password is another one at every render",
    "controller.numExecutors": "none: nothing runs beside the controller's secrets",
    "controller.podDisruptionBudget": "one may be away: the chart's 0 would block drains for ever",
    "agent.yamlTemplate": "no autoscaler ends a build to save its node; no token of the cluster's API",
    "agent.websocket": "agents come in by HTTP; no second port, no second service",
    "agent.namespace": "agents have a namespace of their own, where the controller's secrets are not, and their own role",
    "persistence.storageClass": "gp3 of storage-classes, which a new cluster has no default of",
  },
  freeValues: ["controller.JCasC.configScripts"],
  docs: {
    verify: [
      "kubectl -n jenkins rollout status statefulset/jenkins",
      "kubectl -n jenkins logs jenkins-0 -c init | tail  # plugins",
      "kubectl -n jenkins-agents get pods  # while a build runs",
    ],
    upgrade:
      "Change its line in environments/chart-versions.ts and the plugins in plugins.ts together: take the four of the new chart's values.yaml, and for the others what plugins.jenkins.io names for the Jenkins version.",
    remove:
      "Take it out of `addons`. Its volume goes with it, as the class says (gp3 of production: Retain); build history that must stay is copied first.",
  },
});

/** Beside every build, in its pod: what connects it to the controller. */
const connector = { milliCpu: 200, memoryMiB: 512 };

/** As many agents as may run at once, each of them the largest kind. */
function agentQuota({ agents, agentLimit }: Options): Quota {
  const largest = (key: "milliCpu" | "memoryMiB") => connector[key] + Math.max(0, ...Object.values(agents).map((agent) => agent[key]));
  return {
    namespace: agentNamespace,
    pods: agentLimit,
    milliCpu: agentLimit * largest("milliCpu"),
    memoryMiB: agentLimit * largest("memoryMiB"),
  };
}

function agents(options: Options): Values {
  const { agentLimit } = options;
  return {
    namespace: agentNamespace,
    serviceAccount: agentAccount,
    websocket: true,
    containerCap: agentLimit,
    restrictedPssSecurityContext: true,
    podRetention: "Never",
    // Shown in every build's log otherwise.
    showRawYaml: false,
    resources: {
      requests: { cpu: `${connector.milliCpu}m`, memory: `${connector.memoryMiB}Mi` },
      limits: { cpu: "1000m", memory: `${connector.memoryMiB}Mi` },
    },
    yamlTemplate: agentPod,
    yamlMergeStrategy: "merge",
    // Pods whose controller went away in the middle of a build.
    garbageCollection: { enabled: true, timeout: 600 },
    podTemplates: podTemplates(options),
  };
}

/** Source: ECR user guide, "IAM permissions for pushing an image". */
function agentRights({ registries }: Options): readonly Statement[] {
  const login = allow("logs in to registries; no resource level", "ecr:GetAuthorizationToken", "*");
  if (registries.length === 0) return [login];
  const read = ["BatchCheckLayerAvailability", "BatchGetImage", "GetDownloadUrlForLayer"];
  const write = ["CompleteLayerUpload", "InitiateLayerUpload", "PutImage", "UploadLayerPart"];
  // buildImage of the shared library looks whether a tag is there, and waits for the scan.
  const look = ["DescribeImages", "DescribeImageScanFindings"];
  const actions = [...read, ...write, ...look].map((action) => `ecr:${action}`);
  return [
    login,
    allow("images that builds make", actions, registries),
    allow("scans of Inspector, read in the caller's name; no resource level", ["inspector2:ListCoverage", "inspector2:ListFindings"], "*"),
  ];
}

function ingresses({ host, certificate, webhook }: Options): Values {
  return {
    ingress: {
      enabled: true,
      ingressClassName: ingressClasses.inside,
      hostName: host,
      path: "/",
      pathType: "Prefix",
      annotations: internalAlb(certificate, { "healthcheck-path": "/login" }),
    },
    ...(webhook && {
      secondaryingress: {
        enabled: true,
        ingressClassName: webhook.ingressClass,
        hostName: webhook.host,
        paths: ["/github-webhook/"],
        pathType: "Prefix",
        annotations: webhookAlb(webhook.from, "/login"),
      },
    }),
  };
}
