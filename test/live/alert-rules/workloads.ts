/** Pods and what runs them. */
import { onNode, type Situation } from "./situation.ts";

const pod = { namespace: "apps", pod: "web-1" };
export const workloads: readonly Situation[] = [
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
