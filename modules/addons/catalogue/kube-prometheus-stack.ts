/** kube-prometheus-stack: Prometheus, Alertmanager, Grafana, node exporter, kube-state-metrics, with our rules, routes and dashboards. */
import { addon } from "../addon.ts";
import { podValues } from "../workload.ts";
import { alertmanagerConfig, alertmanagerSecrets } from "./kube-prometheus-stack/alertmanager.ts";
import { dashboardNames, dashboardResources } from "./kube-prometheus-stack/dashboards.ts";
import { configMapReader, grafanaAccount, grafanaValues } from "./kube-prometheus-stack/grafana.ts";
import { grafanaPolicy, remoteWritePolicy } from "./kube-prometheus-stack/policy.ts";
import {
  budgetOf,
  exporterValues,
  operatorValues,
  prometheusAccount,
  prometheusValues,
  volumeOf,
} from "./kube-prometheus-stack/prometheus.ts";
import { replaced, ruleResources } from "./kube-prometheus-stack/rules.ts";
import { secretResources } from "./kube-prometheus-stack/secrets.ts";
import { stackWorkloads } from "./kube-prometheus-stack/workloads.ts";

/** Parts of the control plane that EKS does not let anybody scrape; their rules would report them as down. */
const hidden = { enabled: false } as const;
const hiddenRules = ["etcd", "kubeControllerManager", "kubeProxy", "kubeSchedulerAlerting", "kubeSchedulerRecording", "windows"] as const;
const off = (names: readonly string[], value: boolean) => Object.fromEntries(names.map((name) => [name, value]));

export const kubePrometheusStack = addon({
  id: "kube-prometheus-stack",
  purpose: "Metrics, alerts and dashboards of the cluster: Prometheus, Alertmanager, Grafana, node exporter, kube-state-metrics",
  chart: "kube-prometheus-stack",
  namespace: "monitoring",
  needs: [
    { id: "prometheus-operator-crds", because: "it brings the kinds of the operator, upgraded apart from it" },
    { id: "storage-classes", because: "volumes of Prometheus and Alertmanager are of the class gp3" },
  ],
  after: ["aws-load-balancer-controller", "external-secrets"],
  kubernetes: { from: "1.25" },
  // Its webhook has the failure policy Ignore, and pods wait for secrets that are made after the chart: waiting would never end.
  wait: false,
  workloads: ({ production }) => Object.values(stackWorkloads(production)),
  identities: ({ environment, options }) => {
    const { workspace } = options.prometheus.remoteWrite ?? {};
    return [
      { serviceAccount: grafanaAccount, statements: grafanaPolicy(environment.region) },
      ...(workspace === undefined ? [] : [{ serviceAccount: prometheusAccount, statements: remoteWritePolicy(workspace) }]),
    ];
  },
  values: (context) => {
    const { options, production } = context;
    const { alertmanager } = stackWorkloads(production);
    const { nodeExporter, stateMetrics } = exporterValues(production);
    return {
      crds: { enabled: false },
      prometheus: prometheusValues(context),
      prometheusOperator: operatorValues(production),
      alertmanager: {
        podDisruptionBudget: budgetOf(alertmanager.maxUnavailable),
        config: alertmanagerConfig(options.alerts),
        alertmanagerSpec: {
          replicas: alertmanager.replicas ?? 1,
          secrets: alertmanagerSecrets(options.alerts),
          storage: volumeOf(production ? 5 : 2),
          podAntiAffinity: production ? "hard" : "soft",
          ...podValues(alertmanager),
        },
      },
      grafana: grafanaValues(context),
      "prometheus-node-exporter": nodeExporter,
      "kube-state-metrics": stateMetrics,
      kubeControllerManager: hidden,
      kubeEtcd: hidden,
      kubeProxy: hidden,
      kubeScheduler: hidden,
      defaultRules: { rules: off(hiddenRules, false), disabled: off(replaced, true) },
    };
  },
  resources: (context) => {
    const logs = context.options.grafana.logs !== undefined;
    return [
      ...secretResources(context),
      configMapReader,
      ...ruleResources(),
      ...dashboardResources(dashboardNames.filter((name) => name !== "logs" || logs)),
    ];
  },
  freeValues: [
    "grafana.grafana.ini",
    "grafana.rbac.useExistingClusterRole",
    "grafana.serviceAccount.annotations",
    "grafana.ingress.ingressClassName",
    "prometheus-node-exporter.priorityClassName",
    "kube-state-metrics.priorityClassName",
    "prometheusOperator.priorityClassName",
  ],
  choices: {
    "crds.enabled": "off: definitions are the add-on prometheus-operator-crds, since Helm would never upgrade them here",
    "kubeControllerManager, kubeScheduler, kubeEtcd, kubeProxy":
      "off, with their rules: EKS does not offer them, and all would be told as down",
    "prometheus.prometheusSpec.*SelectorNilUsesHelmValues": "off: monitors and rules of all namespaces count",
    "prometheus.prometheusSpec.retentionSize": "80 % of the volume; the write-ahead log and compactions take the rest",
    "prometheus.prometheusSpec.replicas": "two in production: each scrapes and evaluates everything; one in development",
    "alertmanager.alertmanagerSpec.replicas": "three in production, over zones; one in development",
    "alertmanager.config":
      "critical ones at once and hourly, to the team, too; information and Watchdog to nobody; critical keeps warnings back, a node that is down its pods",
    podDisruptionBudget: "`maxUnavailable: 1`; the chart's `minAvailable: 1` of one replica would block drains",
    "grafana.admin.existingSecret": "a secret that exists: a password in values would be in the state",
    "grafana.rbac.useExistingClusterRole":
      "a role for ConfigMaps only; by the chart's, Grafana's account reads every Secret of the cluster",
    "grafana.grafana.ini.plugins.preinstall_auto_update":
      "off: Grafana would end data sources that are not the newest and fail to replace them, since its file system is read-only",
    "grafana.persistence": "none: dashboards and data sources are code; what is made by hand in the browser is gone with the pod",
    "grafana.additionalDataSources": "CloudWatch by pod identity, metrics of this region; Elasticsearch where `grafana.logs` is given",
    "defaultRules.disabled": "alerts that our own rules say better, so that nothing is told twice",
    "PrometheusRule/*": "ours, with severity and, for the platform's own, team; tested with promtool",
  },
  docs: {
    verify: [
      "kubectl -n monitoring get prometheus,alertmanager,prometheusrule",
      "kubectl -n monitoring port-forward svc/kube-prometheus-stack-prometheus 9090   # Status > Targets: all up",
      "kubectl -n monitoring port-forward svc/kube-prometheus-stack-grafana 3000:80   # folder Platform",
      'kubectl -n monitoring create secret generic grafana-admin --from-literal=admin-user=admin --from-literal=admin-password="$(openssl rand -base64 24)"   # once, without external-secrets',
    ],
    upgrade:
      "Change its line in environments/chart-versions.ts together with prometheus-operator-crds: both name the same operator version. Run the tests with promtool on the PATH: rules use recordings of the chart.",
    remove:
      "Take it out of `addons`, and what needs it. Claims of Prometheus and Alertmanager stay with their volumes: `kubectl -n monitoring get pvc`.",
  },
});
