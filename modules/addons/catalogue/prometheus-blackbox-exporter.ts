/** Blackbox exporter: asks endpoints as their users do, and offers answers, times and certificates as metrics. */
import { addon, type CustomResource } from "../addon.ts";
import { podValues, type Workload } from "../workload.ts";

const id = "prometheus-blackbox-exporter";

function exporterOf(production: boolean): Workload {
  return {
    name: id,
    kind: "Deployment",
    // Without it every probe fails at once, and everybody is woken for nothing.
    replicas: production ? 2 : 1,
    milliCpu: 25,
    memoryMiB: 32,
    memoryLimitMiB: 128,
    maxUnavailable: 1,
    labels: { "app.kubernetes.io/name": id },
    nodes: "any",
  };
}

/** IPv4, since the exporter prefers IPv6 and the VPC has none. Source: blackbox_exporter, CONFIGURATION.md. */
const ip = { preferred_ip_protocol: "ip4", ip_protocol_fallback: false } as const;
const modules = {
  http_2xx: { prober: "http", timeout: "10s", http: { ...ip, follow_redirects: true } },
  // What is behind a login answers so; a page that answers 200 without one is a fault.
  http_401: { prober: "http", timeout: "10s", http: { ...ip, follow_redirects: false, valid_status_codes: [401, 403] } },
  tcp_connect: { prober: "tcp", timeout: "5s", tcp: ip },
  tls_connect: { prober: "tcp", timeout: "5s", tcp: { ...ip, tls: true } },
} as const;

export const prometheusBlackboxExporter = addon({
  id,
  purpose: "Asks endpoints over HTTP, TCP and TLS from within the cluster; tells what does not answer and which certificates run out",
  chart: id,
  namespace: "monitoring",
  needs: [{ id: "prometheus-operator-crds", because: "probes are objects of its kind Probe" }],
  wait: false,
  workloads: ({ production }) => [exporterOf(production)],
  values: ({ production }) => {
    const exporter = exporterOf(production);
    return {
      fullnameOverride: id,
      replicas: exporter.replicas ?? 1,
      podDisruptionBudget: { maxUnavailable: exporter.maxUnavailable ?? 1 },
      podSecurityContext: { seccompProfile: { type: "RuntimeDefault" } },
      config: { modules },
      serviceMonitor: { selfMonitor: { enabled: true } },
      ...podValues(exporter),
    };
  },
  resources: ({ options }) =>
    Object.entries(options.probes).map(
      ([name, { targets, module, seconds, team }]): CustomResource => ({
        apiVersion: "monitoring.coreos.com/v1",
        kind: "Probe",
        metadata: { name },
        spec: {
          jobName: `probe/${name}`,
          interval: `${seconds}s`,
          // Longer than the module's own timeout, so that a slow target is an answer and not a hole; never longer than the interval.
          scrapeTimeout: "12s",
          module,
          prober: { url: `${id}.monitoring.svc:9115` },
          targets: { staticConfig: { static: targets, ...(team !== undefined && { labels: { team } }) } },
        },
      }),
    ),
  freeValues: ["config", "fullnameOverride"],
  choices: {
    "config.modules": "HTTP, HTTP behind a login, TCP, TLS; all over IPv4. No ICMP, which would need NET_RAW",
    "podSecurityContext.seccompProfile": "the runtime's; the chart sets none",
    "serviceMonitor.selfMonitor": "the exporter's own metrics; targets are Probe objects, which need no change of the release",
    replicas: "two in production: without it all probes fail",
    "Probe/*": "one per entry of `probes`; alerts ProbeFailing and CertificateExpiring are rules of kube-prometheus-stack",
  },
  docs: {
    verify: [
      "kubectl -n monitoring get probes",
      "kubectl -n monitoring port-forward svc/prometheus-blackbox-exporter 9115",
      "curl 'http://localhost:9115/probe?module=http_2xx&target=https://example.com&debug=true'",
    ],
    upgrade: "Change its line in environments/chart-versions.ts. Read the release notes for keys of modules.",
    remove: "Take it out of `addons`. Probe objects of others stay, and fail.",
  },
});
