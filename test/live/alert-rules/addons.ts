/** Add-ons, beside those of the monitoring stack. */
import { platform, type Situation } from "./situation.ts";

export const addons: readonly Situation[] = [
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
