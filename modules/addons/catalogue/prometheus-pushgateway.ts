/** Pushgateway: keeps the last metrics of jobs that end before Prometheus could ask them. */
import { addon } from "../addon.ts";
import { podValues, type Workload } from "../workload.ts";

const id = "prometheus-pushgateway";
/** User `nobody` of its image. */
const user = 65_534;

const gateway: Workload = {
  name: id,
  kind: "Deployment",
  // One, always: two would each know half of what was pushed. Source: Pushgateway README, "About this".
  replicas: 1,
  milliCpu: 20,
  memoryMiB: 64,
  memoryLimitMiB: 128,
  maxUnavailable: 1,
  nodes: "any",
};

export const prometheusPushgateway = addon({
  id,
  purpose: "Keeps the last metrics of batch jobs for Prometheus; not for services, which are asked directly",
  chart: id,
  namespace: "monitoring",
  needs: [{ id: "storage-classes", because: "its volume is of the class gp3" }],
  after: ["prometheus-operator-crds"],
  wait: false,
  workloads: () => [gateway],
  values: ({ options, production, has }) => {
    const storageGiB = options.storageGiB ?? (production ? 2 : 0);
    const persistent = storageGiB > 0;
    return {
      fullnameOverride: id,
      replicaCount: gateway.replicas ?? 1,
      podDisruptionBudget: { maxUnavailable: gateway.maxUnavailable ?? 1 },
      automountServiceAccountToken: false,
      // It refuses what it could not show (two types of one name) instead of breaking every later scrape.
      extraArgs: persistent ? ["--persistence.file=/data/metrics", "--persistence.interval=1m"] : [],
      persistentVolume: { enabled: persistent, size: `${storageGiB}Gi`, storageClass: "gp3" },
      serviceMonitor: { enabled: has("prometheus-operator-crds"), namespace: "monitoring", honorLabels: true },
      securityContext: {
        fsGroup: user,
        runAsUser: user,
        runAsNonRoot: true,
        seccompProfile: { type: "RuntimeDefault" },
      },
      containerSecurityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } },
      ...podValues(gateway),
    };
  },
  resources: ({ options: { ingressFrom } }) =>
    ingressFrom.length === 0
      ? []
      : [
          {
            apiVersion: "networking.k8s.io/v1",
            kind: "NetworkPolicy",
            metadata: { name: id },
            spec: {
              podSelector: { matchLabels: { "app.kubernetes.io/name": id } },
              policyTypes: ["Ingress"],
              ingress: [{ from: [{ namespaceSelector: { matchExpressions: [fromNamespaces(["monitoring", ...ingressFrom])] } }] }],
            },
          },
        ],
  freeValues: ["persistentVolume.storageClass"],
  choices: {
    replicaCount: "one: what is pushed to one of two is unknown to the other",
    "persistentVolume, extraArgs": "in production pushed metrics survive a restart: the last run of a nightly job is news until the next",
    "serviceMonitor.honorLabels": "labels `job` and `instance` are those of who pushed",
    automountServiceAccountToken: "off: it never asks the API server",
    containerSecurityContext: "the chart sets none",
    "NetworkPolicy/prometheus-pushgateway": "only where `ingressFrom` names namespaces: whoever may push may write any metric",
  },
  docs: {
    verify: [
      "kubectl -n monitoring port-forward svc/prometheus-pushgateway 9091",
      "echo 'it_works 1' | curl --data-binary @- http://localhost:9091/metrics/job/it",
      "curl -X DELETE http://localhost:9091/metrics/job/it   # groups stay until somebody deletes them",
    ],
    upgrade: "Change its line in environments/chart-versions.ts.",
    remove: "Take it out of `addons`. Its claim goes with it, and its volume by the reclaim policy of gp3.",
  },
});

function fromNamespaces(names: readonly string[]) {
  return { key: "kubernetes.io/metadata.name", operator: "In", values: [...new Set(names)] };
}
