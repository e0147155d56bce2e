/** cert-manager: certificates for Ingresses, webhooks and services, renewed by themselves; issuers of an ACME authority on request. */
import { allow, type Statement } from "../../iam/policy.ts";
import { addon, type Values } from "../addon.ts";
import type { Alert } from "../alert.ts";
import { changeRecords } from "../route53.ts";
import { podValues, type Workload } from "../workload.ts";
import { type AcmeSettings, acmeIssuers } from "./cert-manager/issuers.ts";

const account = "cert-manager";

/** Replicas of production: cert-manager documentation, "Best Practice", high availability. */
const parts = {
  // Leader election: the others stand by.
  controller: { replicas: 2, milliCpu: 50, memoryMiB: 128 },
  // While none is up, certificates and issuers cannot be changed (failurePolicy Fail).
  webhook: { replicas: 3, milliCpu: 20, memoryMiB: 64 },
  // Holds all secrets' metadata in memory.
  cainjector: { replicas: 2, milliCpu: 20, memoryMiB: 128 },
} as const;
type Part = keyof typeof parts;

function workloadOf(part: Part, production: boolean): Workload {
  const { replicas, milliCpu, memoryMiB } = parts[part];
  const name = part === "controller" ? "cert-manager" : `cert-manager-${part}`;
  return {
    name,
    kind: "Deployment",
    replicas: production ? replicas : 1,
    milliCpu,
    memoryMiB,
    memoryLimitMiB: memoryMiB * 2,
    maxUnavailable: 1,
    priority: "system-cluster-critical",
    labels: { "app.kubernetes.io/instance": "cert-manager", "app.kubernetes.io/component": part },
    nodes: "system",
  };
}

function partValues(workload: Workload): Values {
  // The chart has one priority class for all.
  const { priorityClassName: _, ...pods } = podValues(workload);
  return {
    replicaCount: workload.replicas ?? 1,
    podDisruptionBudget: { enabled: true, maxUnavailable: workload.maxUnavailable ?? 1 },
    ...pods,
  };
}

/** Source: cert-manager documentation, "Route53", IAM policy; the conditions are ours. */
function dnsPolicy({ domains, zones }: { readonly domains: readonly string[]; readonly zones: readonly string[] }): readonly Statement[] {
  return [
    changeRecords({
      why: "proves its domains by TXT records of ACME, and takes them away again",
      zones,
      names: domains.flatMap((domain) => [`_acme-challenge.${domain}`, `_acme-challenge.*.${domain}`]),
      types: ["TXT"],
      actions: ["CREATE", "UPSERT", "DELETE"],
    }),
    allow(
      "reads the records that it changes",
      "route53:ListResourceRecordSets",
      zones.length > 0 ? zones.map((id) => `arn:aws:route53:::hostedzone/${id}`) : "arn:aws:route53:::hostedzone/*",
    ),
    allow("waits until its change is everywhere", "route53:GetChange", "arn:aws:route53:::change/*"),
    allow("finds the zone of a domain; no resource level", "route53:ListHostedZonesByName", "*"),
  ];
}

/** Metrics: cert-manager documentation, "Prometheus Metrics". That certificates expire is a rule of kube-prometheus-stack. */
const alerts: readonly Alert[] = [
  {
    name: "CertificateNotReady",
    when: 'max by (namespace, name) (certmanager_certificate_ready_status{condition="False"}) == 1',
    lasting: "30m",
    severity: "warning",
    summary: "Certificate {{ $labels.namespace }}/{{ $labels.name }} is not issued: `kubectl describe certificate` says why",
  },
  {
    name: "CertManagerAbsent",
    when: 'absent(up{namespace="cert-manager",service="cert-manager"} == 1)',
    lasting: "15m",
    severity: "critical",
    summary: "cert-manager is away: nothing is renewed",
  },
];

export const certManager = addon({
  id: "cert-manager",
  purpose: "Issues and renews certificates: ACME by DNS01 and HTTP01, own authorities, webhooks",
  chart: "cert-manager",
  namespace: "cert-manager",
  after: ["prometheus-operator-crds"],
  kubernetes: { from: "1.22" },
  // Its webhook answers every certificate and issuer of later add-ons; the chart's check job waits until it does.
  wait: true,
  timeout: 600,
  alerts: () => alerts,
  workloads: ({ production }) => [
    workloadOf("controller", production),
    workloadOf("webhook", production),
    workloadOf("cainjector", production),
  ],
  identities: ({ options: { acme } }) => (acme?.dns ? [{ serviceAccount: account, statements: dnsPolicy(acme.dns) }] : []),
  values: ({ production, has, options, accountAnnotations }) => ({
    crds: { enabled: true, keep: true },
    global: { priorityClassName: "system-cluster-critical", leaderElection: { namespace: "cert-manager" } },
    serviceAccount: { name: account, annotations: options.acme?.dns ? accountAnnotations(account) : {} },
    ...partValues(workloadOf("controller", production)),
    webhook: partValues(workloadOf("webhook", production)),
    cainjector: partValues(workloadOf("cainjector", production)),
    startupapicheck: {
      timeout: "5m",
      resources: { requests: { cpu: "10m", memory: "32Mi" }, limits: { memory: "64Mi" } },
    },
    prometheus: { enabled: true, servicemonitor: { enabled: has("prometheus-operator-crds"), honorLabels: true } },
  }),
  resources: ({ environment, options: { acme } }) => (acme ? acmeIssuers(acme satisfies AcmeSettings, environment.region) : []),
  // Its defaults are comments in values.yaml; the schema knows them.
  freeValues: ["serviceAccount"],
  choices: {
    crds: "in the release, so that they are upgraded with it, and kept when it goes: certificates would go with them",
    "global.leaderElection.namespace": "its own; the chart's default is kube-system, for which it would need rights there",
    "startupapicheck.timeout": "5 minutes: a new node may have to start first",
    "prometheus.servicemonitor.honorLabels": "on: the label `namespace` is the certificate's, as the rules read it",
    "ClusterIssuer/*": "only where `acme` is set: an account at an authority means agreeing to its terms",
  },
  docs: {
    verify: [
      "kubectl -n cert-manager rollout status deployment/cert-manager deployment/cert-manager-webhook",
      "kubectl get clusterissuers",
      "kubectl get certificates --all-namespaces",
    ],
    upgrade: "Change its line in environments/chart-versions.ts, one minor at a time; definitions come with the release.",
    remove: "Take it out of `addons`. Certificates and their secrets stay, and expire unnoticed: nothing renews them any more.",
  },
});
