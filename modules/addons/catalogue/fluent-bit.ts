/** Fluent Bit: ships logs of pods and nodes to Elasticsearch in the cluster, or to a domain of Amazon OpenSearch Service. */
import { allow } from "../../iam/policy.ts";
import { addon, type Values } from "../addon.ts";
import type { Context } from "../context.ts";
import { secretResources } from "../secret-option.ts";
import { podValues, type Workload } from "../workload.ts";
import { elasticsearchCa } from "./efk/names.ts";
import { shipperSecret, shipperVariables } from "./efk/users.ts";
import { alerts } from "./fluent-bit/alerts.ts";
import {
  bufferFolder,
  caFolder,
  elasticsearchSink,
  filters,
  inputs,
  opensearchSink,
  outputs,
  recordScript,
  service,
} from "./fluent-bit/config.ts";

const account = "fluent-bit";

const shipper: Workload = {
  name: "fluent-bit",
  kind: "DaemonSet",
  milliCpu: 50,
  memoryMiB: 96,
  // 64 chunks of 2 MiB may be in memory, twice while they are sent.
  memoryLimitMiB: 320,
  // Logs of a node under pressure are those that are wanted.
  priority: "system-node-critical",
  nodes: "every",
};

export const fluentBit = addon({
  id: "fluent-bit",
  purpose: "Ships logs of pods and nodes to `efk` or to Amazon OpenSearch Service: an index per namespace and day, buffered on disk",
  chart: "fluent-bit",
  namespace: "logging",
  after: ["efk", "external-secrets", "prometheus-operator-crds"],
  conflicts: [{ id: "fluentd", because: "both read the same files, and every line would be stored twice" }],
  // Nothing relies on it, and without Elasticsearch's secrets its pods wait.
  wait: false,
  identities: ({ options: { opensearch } }) =>
    opensearch
      ? [{ serviceAccount: account, statements: [allow("bulk requests, below the domain", "es:ESHttpPost", `${opensearch.domain}/*`)] }]
      : [],
  alerts: () => alerts,
  workloads: () => [shipper],
  values: (context) => {
    const { options, environment, has, accountAnnotations } = context;
    const { topologySpreadConstraints: _, ...pod } = podValues(shipper);
    const { opensearch } = options;
    const sink = opensearch ? opensearchSink(opensearch.endpoint, environment.region) : elasticsearchSink;
    const monitored = has("prometheus-operator-crds");
    return {
      ...pod,
      serviceAccount: { create: true, name: account, annotations: accountAnnotations(account) },
      testFramework: { enabled: false },
      config: {
        service,
        inputs: inputs(options.excludeNamespaces),
        filters,
        outputs: outputs(sink, options.bufferMiB),
        // The default's parser is for Docker.
        customParsers: "",
      },
      luaScripts: { "record.lua": recordScript },
      // Files of root are read without any capability; the level of the namespace is for the host paths.
      securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } },
      podSecurityContext: { seccompProfile: { type: "RuntimeDefault" } },
      terminationGracePeriodSeconds: 45,
      updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "10%" } },
      ...volumes(),
      ...(opensearch ? {} : elasticsearchAccess(context)),
      serviceMonitor: { enabled: monitored },
      dashboards: { enabled: monitored },
    };
  },
  resources: (context) => secretResources([shipperSecret("fluent-bit", context.options.user)], context),
  choices: {
    "config.service": "buffers on the node's disk, so that neither a new pod nor a slow sink loses logs",
    "config.inputs": "containerd's format; kubelet and containerd from the journal",
    "config.filters":
      "stack traces in one record, Kubernetes metadata, JSON below `app` with its message as `log` and its level as `level`, the name of the index",
    "config.outputs": "TLS with the operator's CA, password from its Secret by a variable; 20 tries, then the chunk is dropped and counted",
    securityContext: "root without capabilities: root's log files are all it needs",
    daemonSetVolumes: "without Docker's folder, which EKS nodes do not have; /var/log is read-only",
    tolerations: "every node, whatever its taints",
    priorityClassName: "`system-node-critical`: logs of a node under pressure are those that are wanted",
    "testFramework.enabled": "off: its pod has an image without version",
    topologySpreadConstraints: "not set: one per node, and the chart has no such key",
  },
  docs: {
    verify: [
      "kubectl -n logging rollout status daemonset/fluent-bit",
      "kubectl -n logging logs daemonset/fluent-bit --tail=20",
      "kubectl -n logging get elasticsearch",
    ],
    upgrade: "Change its line in environments/chart-versions.ts. Positions and buffers are on the nodes and stay.",
    remove: "Take it out of `addons`. /var/lib/fluent-bit stays on the nodes; what was not shipped by then is not shipped any more.",
  },
});

/** Lists of the chart are replaced as a whole: its own names Docker's folder and mounts /var/log writable for its position file. */
function volumes(): Values {
  return {
    daemonSetVolumes: [
      { name: "varlog", hostPath: { path: "/var/log" } },
      { name: "etcmachineid", hostPath: { path: "/etc/machine-id", type: "File" } },
      { name: "buffer", hostPath: { path: bufferFolder, type: "DirectoryOrCreate" } },
    ],
    daemonSetVolumeMounts: [
      { name: "varlog", mountPath: "/var/log", readOnly: true },
      // The journal is found by it.
      { name: "etcmachineid", mountPath: "/etc/machine-id", readOnly: true },
      { name: "buffer", mountPath: bufferFolder },
    ],
  };
}

function elasticsearchAccess({ options, has }: Context<"fluent-bit">): Values {
  return {
    env: shipperVariables(shipperSecret("fluent-bit", options.user), has("external-secrets")),
    extraVolumes: [{ name: "elasticsearch-ca", secret: { secretName: elasticsearchCa } }],
    extraVolumeMounts: [{ name: "elasticsearch-ca", mountPath: caFolder, readOnly: true }],
  };
}
