/** Fluentd in place of Fluent Bit: where its plug-ins are wanted, at four times the memory. */
import { addon, type Values } from "../addon.ts";
import { secretResources } from "../secret-option.ts";
import { podValues, type Workload } from "../workload.ts";
import { elasticsearchCa } from "./efk/names.ts";
import { shipperSecret, shipperVariables } from "./efk/users.ts";
import { bufferFolder, caFolder, files } from "./fluentd/config.ts";

const shipper: Workload = {
  name: "fluentd",
  kind: "DaemonSet",
  milliCpu: 100,
  // Ruby with its plug-ins takes 200 MiB before the first line.
  memoryMiB: 384,
  memoryLimitMiB: 768,
  nodes: "every",
};

interface Volume {
  readonly name: string;
  readonly mountPath: string;
  readonly readOnly: boolean;
  readonly source: Values;
}

const volumes: readonly Volume[] = [
  { name: "varlog", mountPath: "/var/log", readOnly: true, source: { hostPath: { path: "/var/log" } } },
  { name: "buffer", mountPath: bufferFolder, readOnly: false, source: { hostPath: { path: bufferFolder, type: "DirectoryOrCreate" } } },
  { name: "elasticsearch-ca", mountPath: caFolder, readOnly: true, source: { secret: { secretName: elasticsearchCa } } },
];

export const fluentd = addon({
  id: "fluentd",
  purpose: "Ships logs of pods to `efk` in place of `fluent-bit`, where Fluentd's plug-ins are wanted; takes four times the memory",
  chart: "fluentd",
  namespace: "logging",
  needs: [{ id: "efk", because: "it ships to Elasticsearch in the cluster only" }],
  after: ["external-secrets", "prometheus-operator-crds"],
  conflicts: [{ id: "fluent-bit", because: "both read the same files, and every line would be stored twice" }],
  wait: false,
  workloads: () => [shipper],
  values: ({ options, has }) => ({
    ...podValues(shipper),
    kind: "DaemonSet",
    // Its client speaks to Elasticsearch 8 and, by the version in its requests, to 9.
    variant: "elasticsearch8",
    podSecurityPolicy: { enabled: false },
    // The chart's default is a text, and any text means yes.
    dashboards: { enabled: has("prometheus-operator-crds") },
    metrics: { serviceMonitor: { enabled: has("prometheus-operator-crds") } },
    securityContext: { allowPrivilegeEscalation: false },
    podSecurityContext: { seccompProfile: { type: "RuntimeDefault" } },
    mountVarLogDirectory: false,
    mountDockerContainersDirectory: false,
    volumes: volumes.map(({ name, source }) => ({ name, ...source })),
    volumeMounts: volumes.map(({ name, mountPath, readOnly }) => ({ name, mountPath, readOnly })),
    env: variables(options.user, has("external-secrets")),
    fileConfigs: files(options.bufferMiB),
  }),
  resources: (context) => secretResources([shipperSecret("fluentd", context.options.user)], context),
  choices: {
    fileConfigs:
      "all four files of the chart replaced: containerd's format, TLS and password, buffer on disk, 20 tries; the chart's own send `changeme` over HTTP",
    variant: "the image with a client of Elasticsearch 8, which 9 accepts; no plug-in is installed at the start",
    volumes: "/var/log is read-only; positions and buffers are in a folder of their own",
    "dashboards.enabled": "where the operator's kinds are installed; the chart's default is the text \"true\"",
    priorityClassName: "not set: the chart names no such key",
  },
  docs: {
    verify: ["kubectl -n logging rollout status daemonset/fluentd", "kubectl -n logging logs daemonset/fluentd --tail=20"],
    upgrade: "Change its line in environments/chart-versions.ts, and compare the names of the files in `fileConfigs` with the chart's.",
    remove: "Take it out of `addons`; `fluent-bit` may take its place in the same apply. /var/lib/fluentd stays on the nodes.",
  },
});

function variables(user: string | undefined, managed: boolean): readonly Values[] {
  // The metadata filter watches the pods of its own node only, where it knows the name.
  const node = { name: "K8S_NODE_NAME", valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } };
  return [...shipperVariables(shipperSecret("fluentd", user), managed), node];
}
