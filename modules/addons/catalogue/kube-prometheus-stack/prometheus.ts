/** Values of Prometheus and its operator. */
import type { Values } from "../../addon.ts";
import type { Context } from "../../context.ts";
import { affinityOf, podValues, resourcesOf, spreadOf, type Workload } from "../../workload.ts";
import { stackWorkloads } from "./workloads.ts";

type Stack = Context<"kube-prometheus-stack">;

/** Of the volume, what samples may take: the write-ahead log and a compaction need the rest (Prometheus documentation, "Storage"). */
const sampleShare = 0.8;

/** The name of Prometheus' service account, to which the rights for remote write are bound. */
export const prometheusAccount = "prometheus";

export function prometheusValues({ options, environment, cluster, production, accountAnnotations }: Stack): Values {
  const { prometheus } = stackWorkloads(production);
  const { retentionDays = production ? 15 : 5, storageGiB = production ? 50 : 20, labels, remoteWrite } = options.prometheus;
  return {
    serviceAccount: { name: prometheusAccount, annotations: accountAnnotations(prometheusAccount) },
    podDisruptionBudget: budgetOf(prometheus.maxUnavailable),
    prometheusSpec: {
      replicas: prometheus.replicas ?? 1,
      retention: `${retentionDays}d`,
      retentionSize: `${Math.floor(storageGiB * sampleShare * 1000)}MiB`,
      storageSpec: volumeOf(storageGiB),
      scrapeInterval: "30s",
      externalLabels: { ...labels, cluster: cluster.name, environment: environment.name, region: environment.region },
      ...(remoteWrite && { remoteWrite: [remoteWriteOf(remoteWrite, environment.region)] }),
      ...everyonesObjects,
      podAntiAffinity: production ? "hard" : "soft",
      ...podValues(prometheus),
    },
  };
}

/** Monitors, probes and rules of every namespace, whoever made them; the chart takes only those with the label of its own release. */
const everyonesObjects: Values = {
  ruleSelectorNilUsesHelmValues: false,
  serviceMonitorSelectorNilUsesHelmValues: false,
  podMonitorSelectorNilUsesHelmValues: false,
  probeSelectorNilUsesHelmValues: false,
  scrapeConfigSelectorNilUsesHelmValues: false,
};

export function operatorValues(production: boolean): Values {
  const { operator, reloader } = stackWorkloads(production);
  return {
    resources: resourcesOf(operator),
    affinity: affinityOf(operator),
    ...priorityOf(operator),
    prometheusConfigReloader: { resources: resourcesOf(reloader) },
    admissionWebhooks: { patch: { resources: resourcesOf(reloader) } },
  };
}

/** `maxUnavailable` instead of the chart's `minAvailable: 1`, which with one replica would block every drain. */
export function budgetOf(maxUnavailable = 1): Values {
  return { enabled: true, minAvailable: null, maxUnavailable };
}

/** A claim for each replica, of the class of the add-on storage-classes. */
export function volumeOf(sizeGiB: number): Values {
  return {
    volumeClaimTemplate: {
      spec: { storageClassName: "gp3", accessModes: ["ReadWriteOnce"], resources: { requests: { storage: `${sizeGiB}Gi` } } },
    },
  };
}

/** Signed requests where it is Amazon's; the role is the one of the service account. */
function remoteWriteOf({ url, workspace }: { readonly url: string; readonly workspace?: string }, region: string): Values {
  // Source: Amazon Managed Service for Prometheus user guide, "Set up metrics ingestion": recommended queue.
  const queueConfig = { maxSamplesPerSend: 1000, maxShards: 200, capacity: 2500 };
  return { url, queueConfig, ...(workspace !== undefined && { sigv4: { region } }) };
}

function priorityOf({ priority }: Workload): Values {
  return priority === undefined ? {} : { priorityClassName: priority };
}

/** Agents and exporters that come with the stack. */
export function exporterValues(production: boolean): Readonly<Record<"nodeExporter" | "stateMetrics", Values>> {
  const { nodeExporter, stateMetrics } = stackWorkloads(production);
  const { tolerations, priorityClassName = null, resources = null } = podValues(nodeExporter);
  return {
    nodeExporter: { resources, tolerations: tolerations ?? [], priorityClassName },
    stateMetrics: {
      resources: resourcesOf(stateMetrics),
      affinity: affinityOf(stateMetrics),
      topologySpreadConstraints: spreadOf(stateMetrics),
      ...priorityOf(stateMetrics),
    },
  };
}
