/** External Secrets Operator: Kubernetes secrets from Secrets Manager and Parameter Store, and a store of each for everybody. */
import type { CustomResource } from "../addon.ts";
import { addon } from "../addon.ts";
import type { Alert } from "../alert.ts";
import { secretStores } from "../external-secret.ts";
import { namespaces } from "../namespaces.ts";
import { secretPrefixes } from "../readable-secrets.ts";
import { podValues, type Workload } from "../workload.ts";
import { readPolicy } from "./external-secrets/policy.ts";

const account = "external-secrets";

function controllerOf(production: boolean): Workload {
  return {
    name: "external-secrets",
    kind: "Deployment",
    // The second one stands by (leader election): secrets are there without it, only their refresh waits.
    replicas: production ? 2 : 1,
    milliCpu: 50,
    memoryMiB: 128,
    memoryLimitMiB: 256,
    maxUnavailable: 1,
    priority: "system-cluster-critical",
    labels: { "app.kubernetes.io/name": "external-secrets" },
    nodes: "system",
  };
}

function webhookOf(production: boolean): Workload {
  return {
    name: "external-secrets-webhook",
    kind: "Deployment",
    // While none is up, stores and ExternalSecrets cannot be changed (failurePolicy Fail).
    replicas: production ? 2 : 1,
    milliCpu: 20,
    memoryMiB: 64,
    memoryLimitMiB: 128,
    maxUnavailable: 1,
    priority: "system-cluster-critical",
    labels: { "app.kubernetes.io/name": "external-secrets-webhook" },
    nodes: "system",
  };
}

/** Renews the webhook's certificate every few months: one that is away for minutes is missed by nobody. */
const certController: Workload = {
  name: "external-secrets-cert-controller",
  kind: "Deployment",
  replicas: 1,
  milliCpu: 20,
  memoryMiB: 128,
  memoryLimitMiB: 256,
  maxUnavailable: 1,
  labels: { "app.kubernetes.io/name": "external-secrets-cert-controller" },
  nodes: "system",
};

/** Of the secret, not of the controller's pod: the ServiceMonitor keeps the names that the metrics bring. Source: External Secrets, "Metrics". */
const alerts: readonly Alert[] = [
  {
    name: "ExternalSecretNotReady",
    when: 'max by (namespace, name) (externalsecret_status_condition{condition="Ready",status="False"}) == 1',
    lasting: "15m",
    severity: "warning",
    summary: "The secret of ExternalSecret {{ $labels.namespace }}/{{ $labels.name }} is not current.",
  },
  {
    name: "SecretStoreNotReady",
    when: 'max by (name) (clustersecretstore_status_condition{condition="Ready",status="False"}) == 1',
    lasting: "15m",
    severity: "critical",
    summary: "ClusterSecretStore {{ $labels.name }} does not reach AWS: no secret of it is refreshed.",
  },
];

/** The chart's own minAvailable of 1 would block drains where there is one replica; this key wins over it. */
const budget = { enabled: true, maxUnavailable: 1 };

export const externalSecrets = addon({
  id: "external-secrets",
  purpose: "Makes Kubernetes secrets from AWS Secrets Manager and Parameter Store and keeps them current",
  chart: "external-secrets",
  namespace: "external-secrets",
  after: ["prometheus-operator-crds"],
  // Its webhook answers every store and ExternalSecret of later add-ons.
  wait: true,
  alerts: () => alerts,
  workloads: ({ production }) => [controllerOf(production), webhookOf(production), certController],
  identities: ({ environment, cluster, options }) => [
    {
      serviceAccount: account,
      statements: readPolicy({
        account: environment.account,
        region: environment.region,
        secrets: secretPrefixes(environment),
        parameters: options.parameters ?? [`/${environment.project}/${environment.name}/`],
        keys: [cluster.kmsKeyArn, ...options.keys],
      }),
    },
  ],
  values: ({ production, has, accountAnnotations }) => {
    const monitored = has("prometheus-operator-crds");
    const webhook = webhookOf(production);
    const controller = controllerOf(production);
    return {
      installCRDs: true,
      crds: { annotations: { "helm.sh/resource-policy": "keep" } },
      serviceAccount: { name: account, annotations: accountAnnotations(account) },
      replicaCount: controller.replicas ?? 1,
      leaderElect: true,
      concurrent: 5,
      processPushSecret: false,
      processClusterPushSecret: false,
      podDisruptionBudget: budget,
      livenessProbe: { enabled: true },
      readinessProbe: { enabled: true },
      serviceMonitor: { enabled: monitored, renderMode: "alwaysRender", honorLabels: true },
      ...podValues(controller),
      webhook: {
        replicaCount: webhook.replicas ?? 1,
        podDisruptionBudget: budget,
        livenessProbe: { enabled: true },
        ...podValues(webhook),
      },
      certController: {
        replicaCount: certController.replicas ?? 1,
        podDisruptionBudget: budget,
        livenessProbe: { enabled: true },
        ...podValues(certController),
      },
    };
  },
  resources: ({ environment, options }) => [
    store(secretStores.secretsManager, "SecretsManager", environment.region, options.namespaces),
    store(secretStores.parameterStore, "ParameterStore", environment.region, options.namespaces),
  ],
  choices: {
    "crds.annotations": "kept when the release goes: deleting a definition deletes all of its objects, and with them the secrets",
    leaderElect: "one works, the other stands by",
    concurrent: "5 instead of 1: a cluster's secrets are read within seconds after a restart",
    "processPushSecret, processClusterPushSecret": "off: the cluster reads secrets and never writes any; its role could not, either",
    podDisruptionBudget: "`maxUnavailable`; the chart's `minAvailable: 1` of one replica would block drains",
    "serviceMonitor.renderMode": "`alwaysRender`: whether the kinds are there is known, not asked of the cluster",
    "ClusterSecretStore/*":
      "by the pod identity of the controller, without keys; for namespaces of add-ons and those of the option, since whoever may make an ExternalSecret there reads all that the role reads",
  },
  docs: {
    verify: [
      "kubectl -n external-secrets rollout status deployment/external-secrets deployment/external-secrets-webhook",
      "kubectl get clustersecretstores",
      "kubectl get externalsecrets --all-namespaces",
    ],
    upgrade:
      "Change its line in environments/chart-versions.ts; definitions come with the release. Read the release notes for API versions.",
    remove:
      "Take it out of `addons` after all that needs it. Kubernetes secrets that it made and the definitions stay until deleted by hand.",
  },
});

/** A store for namespaces of add-ons and those that match the patterns; the conditions of a store are alternatives. */
function store(name: string, service: "SecretsManager" | "ParameterStore", region: string, patterns: readonly string[]): CustomResource {
  const allowed = [...Object.keys(namespaces), ...patterns.filter((pattern) => !isPattern(pattern))].sort();
  const expressions = patterns.filter(isPattern).map((pattern) => `^${pattern.replaceAll("*", ".*").replaceAll("?", ".")}$`);
  const conditions = [{ namespaces: allowed }, ...(expressions.length > 0 ? [{ namespaceRegexes: expressions }] : [])];
  return {
    apiVersion: "external-secrets.io/v1",
    kind: "ClusterSecretStore",
    metadata: { name },
    spec: { provider: { aws: { service, region } }, conditions },
  };
}

function isPattern(namespace: string): boolean {
  return /[*?]/.test(namespace);
}
