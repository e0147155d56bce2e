/** Situations and the alerts that they must raise, in the terms of `promtool test rules`. Samples are a minute apart. */

export interface Situation {
  readonly title: string;
  readonly series: Readonly<Record<string, string>>;
  /** When it is looked at. */
  readonly at: string;
  readonly alert: string;
  readonly raised: readonly { readonly labels: Readonly<Record<string, string>>; readonly summary: string }[];
}

/** Which node a pod runs on; recorded by the chart's rules. */
const onNode = (pod: string, node: string, namespace = "apps") => ({
  [`node_namespace_pod:kube_pod_info:{namespace="${namespace}", pod="${pod}", node="${node}"}`]: "1x200",
});
const exporter = (node: string) => onNode(`it-node-exporter-${node}`, node, "monitoring");
const ofNode = (metric: string, node: string, labels = "") =>
  `${metric}{namespace="monitoring", pod="it-node-exporter-${node}", instance="${node}:9100"${labels && `, ${labels}`}}`;
const platform = (severity: string) => ({ severity, team: "platform" });

const nodes: readonly Situation[] = [
  {
    title: "a node is not ready",
    series: {
      'kube_node_status_condition{node="a", condition="Ready", status="true"}': "1x4 0x20",
      'kube_node_status_condition{node="b", condition="Ready", status="true"}': "1x24",
    },
    at: "10m",
    alert: "NodeDown",
    raised: [{ labels: { node: "a", ...platform("critical") }, summary: "Node a is not ready." }],
  },
  {
    title: "nodes that are ended by an autoscaler, or emptied by somebody, take their time to go",
    series: Object.fromEntries(
      ["a", "b"]
        .map((node) => [`kube_node_status_condition{node="${node}", condition="Ready", status="true"}`, "1x4 0x20"])
        .concat([
          ['kube_node_spec_taint{node="a", key="karpenter.sh/disrupted", effect="NoSchedule"}', "1x24"],
          ['kube_node_spec_unschedulable{node="b"}', "1x24"],
        ]),
    ),
    at: "10m",
    alert: "NodeDown",
    raised: [],
  },
  {
    title: "a kubelet restarts",
    series: { 'kube_node_status_condition{node="a", condition="Ready", status="true"}': "1x4 0x1 1x20" },
    at: "7m",
    alert: "NodeDown",
    raised: [],
  },
  {
    title: "one of two nodes is busy on both of its CPUs",
    series: {
      ...exporter("a"),
      ...exporter("b"),
      [ofNode("node_cpu_seconds_total", "a", 'cpu="0", mode="idle"')]: "0+1.2x60",
      [ofNode("node_cpu_seconds_total", "a", 'cpu="0", mode="user"')]: "0+58.8x60",
      [ofNode("node_cpu_seconds_total", "a", 'cpu="1", mode="idle"')]: "0+3.6x60",
      [ofNode("node_cpu_seconds_total", "b", 'cpu="0", mode="idle"')]: "0+30x60",
    },
    at: "30m",
    alert: "NodeCpuBusy",
    raised: [{ labels: { node: "a", ...platform("warning") }, summary: "CPUs of node a are 96% busy." }],
  },
  {
    title: "memory is nearly gone: both severities, of which the critical one keeps the other back",
    series: {
      ...exporter("a"),
      [ofNode("node_memory_MemAvailable_bytes", "a")]: "2x60",
      [ofNode("node_memory_MemTotal_bytes", "a")]: "100x60",
    },
    at: "20m",
    alert: "NodeMemoryAlmostFull",
    raised: [
      { labels: { node: "a", ...platform("warning") }, summary: "Memory of node a is 98% used." },
      { labels: { node: "a", ...platform("critical") }, summary: "Memory of node a is 98% used; pods are about to be killed." },
    ],
  },
  {
    title: "the fuller of two disks counts, volumes of other kinds do not",
    series: {
      ...exporter("a"),
      [ofNode("node_filesystem_avail_bytes", "a", 'mountpoint="/", fstype="xfs"')]: "10x60",
      [ofNode("node_filesystem_size_bytes", "a", 'mountpoint="/", fstype="xfs"')]: "100x60",
      [ofNode("node_filesystem_avail_bytes", "a", 'mountpoint="/data", fstype="ext4"')]: "90x60",
      [ofNode("node_filesystem_size_bytes", "a", 'mountpoint="/data", fstype="ext4"')]: "100x60",
      [ofNode("node_filesystem_avail_bytes", "a", 'mountpoint="/run", fstype="tmpfs"')]: "0x60",
      [ofNode("node_filesystem_size_bytes", "a", 'mountpoint="/run", fstype="tmpfs"')]: "100x60",
    },
    at: "30m",
    alert: "NodeDiskAlmostFull",
    raised: [{ labels: { node: "a", ...platform("warning") }, summary: "Disk of node a is 90% used." }],
  },
];

const pod = { namespace: "apps", pod: "web-1" };
const workloads: readonly Situation[] = [
  {
    title: "a container restarts every five minutes",
    series: {
      ...onNode("web-1", "a"),
      'kube_pod_container_status_restarts_total{namespace="apps", pod="web-1", container="web"}': "0+0.2x90",
    },
    at: "60m",
    alert: "PodRestarting",
    raised: [
      {
        labels: { ...pod, container: "web", node: "a", severity: "warning" },
        summary: "Container web of apps/web-1 restarted 6 times in half an hour.",
      },
    ],
  },
  {
    title: "a container restarted once",
    series: {
      ...onNode("web-1", "a"),
      'kube_pod_container_status_restarts_total{namespace="apps", pod="web-1", container="web"}': "0x40 1x50",
    },
    at: "60m",
    alert: "PodRestarting",
    raised: [],
  },
  {
    title: "a pod finds no node",
    series: { 'kube_pod_status_phase{namespace="apps", pod="web-1", phase="Pending"}': "1x30" },
    at: "20m",
    alert: "PodPending",
    raised: [{ labels: { ...pod, severity: "warning" }, summary: "Pod apps/web-1 has been pending for a quarter of an hour." }],
  },
  {
    title: "a pod runs and is not ready, with its node; one of a finished job is not meant",
    series: {
      ...onNode("web-1", "a"),
      ...onNode("done-1", "a"),
      'kube_pod_status_ready{namespace="apps", pod="web-1", condition="false"}': "1x30",
      'kube_pod_status_phase{namespace="apps", pod="web-1", phase="Running"}': "1x30",
      'kube_pod_status_ready{namespace="apps", pod="done-1", condition="false"}': "1x30",
      'kube_pod_status_phase{namespace="apps", pod="done-1", phase="Running"}': "0x30",
    },
    at: "20m",
    alert: "PodNotReady",
    raised: [{ labels: { ...pod, node: "a", severity: "warning" }, summary: "Pod apps/web-1 runs and is not ready." }],
  },
  {
    title: "a job fails",
    series: { 'kube_job_failed{namespace="apps", job_name="nightly", condition="true"}': "1x20" },
    at: "10m",
    alert: "JobFailed",
    raised: [
      {
        labels: { namespace: "apps", job_name: "nightly", severity: "warning" },
        summary: "Job apps/nightly failed; the alert goes with the job.",
      },
    ],
  },
  {
    title: "a volume is at nine tenths",
    series: {
      'kubelet_volume_stats_available_bytes{namespace="apps", persistentvolumeclaim="data", node="a"}': "10x40",
      'kubelet_volume_stats_capacity_bytes{namespace="apps", persistentvolumeclaim="data", node="a"}': "100x40",
    },
    at: "30m",
    alert: "VolumeAlmostFull",
    raised: [
      {
        labels: { namespace: "apps", persistentvolumeclaim: "data", severity: "warning" },
        summary: "Volume apps/data is 90% full. Raise the claim's request; gp3 volumes grow without a restart.",
      },
    ],
  },
];

const requests = (code: string, samples: string) => ({
  [`http_requests_total{namespace="apps", service="web", pod="web-1", code="${code}"}`]: samples,
});
const day = 86_400;
const services: readonly Situation[] = [
  {
    title: "one answer in ten is an error",
    series: { ...requests("200", "0+540x40"), ...requests("503", "0+60x40") },
    at: "30m",
    alert: "HttpErrors",
    raised: [
      { labels: { namespace: "apps", service: "web", severity: "warning" }, summary: "apps/web answers 10% of its requests with 5xx." },
    ],
  },
  {
    title: "all answers are errors, of hardly any requests",
    series: requests("503", "0+3x40"),
    at: "30m",
    alert: "HttpErrors",
    raised: [],
  },
  {
    title: "an endpoint does not answer its team's probe",
    series: { 'probe_success{job="probe/shop", instance="https://shop.example.com", team="shop"}': "1x4 0x20" },
    at: "12m",
    alert: "ProbeFailing",
    raised: [
      {
        labels: { job: "probe/shop", instance: "https://shop.example.com", team: "shop", severity: "critical" },
        summary: "https://shop.example.com does not answer as its probe probe/shop expects.",
      },
    ],
  },
  {
    title: "a certificate ends in ten days, seen from outside; another is new",
    series: {
      'probe_ssl_earliest_cert_expiry{job="probe/shop", instance="https://shop.example.com"}': `${7200 + 10 * day}x150`,
      'certmanager_certificate_expiration_timestamp_seconds{namespace="apps", name="web"}': `${80 * day}x150`,
    },
    at: "2h",
    alert: "CertificateExpiring",
    raised: [
      {
        labels: { instance: "https://shop.example.com", certificate: "https://shop.example.com", severity: "warning" },
        summary: "Certificate https://shop.example.com expires in 10d 0h 0m 0s and was not renewed.",
      },
    ],
  },
  {
    title: "cert-manager's certificate ends in a day",
    series: { 'certmanager_certificate_expiration_timestamp_seconds{namespace="apps", name="web"}': `${600 + day}x30` },
    at: "10m",
    alert: "CertificateExpiring",
    raised: [
      {
        labels: { namespace: "apps", name: "web", certificate: "web", severity: "critical" },
        summary: "Certificate web expires in 1d 0h 0m 0s.",
      },
    ],
  },
  {
    title: "one target of two cannot be read",
    series: {
      'up{namespace="apps", job="web", instance="1"}': "0x30",
      'up{namespace="apps", job="web", instance="2"}': "1x30",
      'up{namespace="apps", job="other", instance="3"}': "1x30",
    },
    at: "15m",
    alert: "ScrapeFailing",
    raised: [
      { labels: { namespace: "apps", job: "web", ...platform("warning") }, summary: "50% of the targets of apps/web cannot be read." },
    ],
  },
];

/** Of add-ons, beside those of the monitoring stack. */
const addons: readonly Situation[] = [
  {
    title: "external-dns has not come through for 40 minutes",
    series: { 'external_dns_controller_last_sync_timestamp_seconds{namespace="external-dns"}': "60x60" },
    at: "41m",
    alert: "ExternalDnsNotSyncing",
    raised: [{ labels: platform("critical"), summary: "external-dns has written no record for half an hour: new hosts do not resolve" }],
  },
  {
    title: "external-dns comes through every minute",
    series: { 'external_dns_controller_last_sync_timestamp_seconds{namespace="external-dns"}': "0+60x60" },
    at: "41m",
    alert: "ExternalDnsNotSyncing",
    raised: [],
  },
  {
    title: "a certificate is not issued; another is",
    series: {
      'certmanager_certificate_ready_status{condition="False", namespace="apps", name="web"}': "1x60",
      'certmanager_certificate_ready_status{condition="False", namespace="apps", name="api"}': "0x60",
    },
    at: "40m",
    alert: "CertificateNotReady",
    raised: [
      {
        labels: { namespace: "apps", name: "web", ...platform("warning") },
        summary: "Certificate apps/web is not issued: `kubectl describe certificate` says why",
      },
    ],
  },
  {
    title: "the recommender's queries fail",
    series: { 'vpa_recommender_metric_server_responses{is_error="true"}': "0+1x90" },
    at: "60m",
    alert: "VpaRecommenderCannotRead",
    raised: [
      {
        labels: platform("warning"),
        summary: "The vertical pod autoscaler cannot read the metrics API: recommendations stand still",
      },
    ],
  },
  {
    title: "one restart of Reloader failed",
    series: { 'reloader_reload_executed_total{success="false"}': "0x9 1x60", 'reloader_reload_executed_total{success="true"}': "0+1x60" },
    at: "15m",
    alert: "ReloaderFailing",
    raised: [
      {
        labels: platform("warning"),
        summary: "A workload was not restarted after its ConfigMap or Secret changed: the log of Reloader names it",
      },
    ],
  },
  {
    title: "an apply failed; the plan before it did not",
    series: { 'atlantis_cmd_comment_apply_execution_error{base_repo="example/mainline", pr_number="7"}': "0x9 1x60" },
    at: "15m",
    alert: "AtlantisApplyFailed",
    raised: [
      {
        labels: { base_repo: "example/mainline", pr_number: "7", ...platform("warning") },
        summary: "An apply of example/mainline#7 failed: what it changed until then stays",
      },
    ],
  },
  {
    title: "the first sync of an application that fails, which begins its counter; another failed before",
    series: {
      'up{job="argocd-application-controller-metrics", instance="a"}': "1x60",
      'argocd_app_sync_total{instance="a", name="shop", project="team-shop", phase="Failed"}': "_x30 1x30",
      'argocd_app_sync_total{instance="a", name="shop", project="team-shop", phase="Succeeded"}': "4x60",
      'argocd_app_sync_total{instance="a", name="pay", project="team-pay", phase="Failed"}': "1x60",
    },
    at: "35m",
    alert: "ArgoCdSyncFailed",
    raised: [{ labels: { name: "shop", project: "team-shop", ...platform("warning") }, summary: "A sync of shop failed" }],
  },
  {
    title: "Prometheus is new, and finds failures of last week",
    series: {
      'up{job="argocd-application-controller-metrics", instance="a"}': "_x30 1x30",
      'argocd_app_sync_total{instance="a", name="shop", project="team-shop", phase="Failed"}': "_x30 3x30",
    },
    at: "35m",
    alert: "ArgoCdSyncFailed",
    raised: [],
  },
  {
    title: "builds wait for agents",
    series: { 'jenkins_queue_stuck_value{namespace="jenkins"}': "2x60" },
    at: "40m",
    alert: "JenkinsBuildsStuck",
    raised: [
      {
        labels: platform("warning"),
        summary: "Builds of Jenkins have waited for half an hour: their agents do not start, or the limit is reached",
      },
    ],
  },
  {
    title: "jobs for one set wait; those of another run",
    series: {
      'gha_assigned_jobs{name="linux"}': "3x60",
      'gha_running_jobs{name="linux"}': "1x60",
      'gha_assigned_jobs{name="large"}': "2x60",
      'gha_running_jobs{name="large"}': "2x60",
    },
    at: "40m",
    alert: "RunnerJobsWaiting",
    raised: [
      {
        labels: { name: "linux", ...platform("warning") },
        summary: "Jobs for linux have waited for half an hour: no node has room, or `max` is reached",
      },
    ],
  },
  {
    title: "nothing of Jenkins answers",
    series: { 'up{namespace="jenkins", job="jenkins"}': "1x4 0x30" },
    at: "25m",
    alert: "JenkinsAbsent",
    raised: [{ labels: platform("critical"), summary: "Jenkins is away: nothing is built" }],
  },
  {
    title: "Velero's last backup is a day old, of fourteen that are kept",
    series: { 'velero_backup_last_status{schedule="daily"}': "1x60" },
    at: "30m",
    alert: "VeleroBackupFailing",
    raised: [],
  },
];

export const situations: readonly Situation[] = [...nodes, ...workloads, ...services, ...addons];
