/** external-dns: records in Route 53 for Services, Ingresses and routes, each marked with the cluster that owns it. */
import { allow, type Statement } from "../../iam/policy.ts";
import { addon } from "../addon.ts";
import type { Alert } from "../alert.ts";
import { changeRecords } from "../route53.ts";
import { podValues, type Workload } from "../workload.ts";

const account = "external-dns";

const controller: Workload = {
  name: "external-dns",
  kind: "Deployment",
  // It has no leader election: two would race for the same records. While it is away, records stay as they are.
  replicas: 1,
  milliCpu: 25,
  memoryMiB: 64,
  memoryLimitMiB: 256,
  priority: "system-cluster-critical",
  nodes: "system",
};

/** Source: external-dns, docs/tutorials/aws.md, "IAM Policy"; the conditions are ours. */
function recordPolicy(domains: readonly string[], zones: readonly string[], deletes: boolean): readonly Statement[] {
  return [
    changeRecords({
      why: "writes records of its domains, and deletes them only where the policy is `sync`",
      zones,
      names: domains.flatMap((domain) => [domain, `*.${domain}`]),
      types: ["A", "AAAA", "CNAME", "TXT"],
      actions: ["CREATE", "UPSERT", ...(deletes ? (["DELETE"] as const) : [])],
    }),
    allow(
      "compares with the records that are there, and finds zones by tag",
      ["route53:ListResourceRecordSets", "route53:ListTagsForResource", "route53:ListTagsForResources"],
      zones.length > 0 ? zones.map((id) => `arn:aws:route53:::hostedzone/${id}`) : "arn:aws:route53:::hostedzone/*",
    ),
    allow("finds zones of its domains; no resource level", "route53:ListHostedZones", "*"),
  ];
}

/** Metrics: external-dns, docs/monitoring/metrics.md. */
const alerts: readonly Alert[] = [
  {
    name: "ExternalDnsNotSyncing",
    when: "time() - max(external_dns_controller_last_sync_timestamp_seconds) > 1800",
    lasting: "5m",
    severity: "critical",
    summary: "external-dns has written no record for half an hour: new hosts do not resolve",
  },
  {
    name: "ExternalDnsAbsent",
    when: 'absent(up{namespace="external-dns"} == 1)',
    lasting: "15m",
    severity: "critical",
    summary: "external-dns is away: new hosts do not resolve",
  },
];

export const externalDns = addon({
  id: "external-dns",
  purpose: "Makes Route 53 records for the hosts of Services, Ingresses and routes",
  chart: "external-dns",
  namespace: "external-dns",
  after: ["prometheus-operator-crds"],
  definitions: { kind: "vendored", folder: "crds-external-dns" },
  // Nothing else relies on it.
  wait: false,
  alerts: () => alerts,
  workloads: () => [controller],
  identities: ({ options: { domains, zones, policy } }) => [
    { serviceAccount: account, statements: recordPolicy(domains, zones, policy === "sync") },
  ],
  values: ({ environment, cluster, options, has, accountAnnotations }) => ({
    provider: { name: "aws" },
    env: [{ name: "AWS_REGION", value: environment.region }],
    serviceAccount: { name: account, annotations: accountAnnotations(account) },
    domainFilters: options.domains,
    policy: options.policy,
    sources: options.sources,
    registry: "txt",
    txtOwnerId: cluster.name,
    txtPrefix: "external-dns-%{record_type}.",
    managedRecordTypes: ["A", "AAAA", "CNAME"],
    interval: "1m",
    triggerLoopOnEvent: true,
    extraArgs: {
      "txt-wildcard-replacement": "any",
      "aws-zones-cache-duration": "1h",
      ...(options.visibility && { "aws-zone-type": options.visibility }),
      ...(options.zones.length > 0 && { "zone-id-filter": options.zones }),
    },
    deploymentStrategy: { type: "Recreate" },
    serviceMonitor: { enabled: has("prometheus-operator-crds") },
    ...podValues(controller),
  }),
  choices: {
    env: "the region is given, since pods do not reach the metadata service (hop limit 1)",
    policy: "`upsert-only`: a deleted Ingress leaves its record, a mistake in the cluster takes none away; IAM refuses deletes, too",
    txtOwnerId: "the cluster: it never touches records of another cluster or of people",
    txtPrefix: "ends in a dot, so that the TXT record of a domain itself lies inside its zone, and never beside a CNAME of the same name",
    "extraArgs.aws-zones-cache-duration": "Route 53 allows 5 requests a second in an account, for all clusters together",
    triggerLoopOnEvent: "a new host is there within seconds, not at the next full minute",
    deploymentStrategy: "`Recreate`: two at once would race for the same records",
  },
  docs: {
    verify: [
      "kubectl -n external-dns rollout status deployment/external-dns",
      "kubectl -n external-dns logs deployment/external-dns --tail=20",
    ],
    upgrade:
      "Change its line in environments/chart-versions.ts and run `npm run vendor-crds` for the definition. Read the release notes for the form of TXT records.",
    remove:
      "Take it out of `addons`. Records and their TXT marks stay; delete them by hand, or set `policy: sync` and delete the Ingresses first.",
  },
});
