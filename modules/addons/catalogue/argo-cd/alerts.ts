/** Default alerts of Argo CD. Metrics: Argo CD, "Metrics"; labels by which Alertmanager routes: severity and team. */
import type { Values } from "../../addon.ts";

function alert(name: string, expr: string, wait: string, severity: "warning" | "critical", summary: string): Values {
  return { alert: name, expr, for: wait, labels: { severity, team: "platform" }, annotations: { summary } };
}

export const alerts: readonly Values[] = [
  // A sync of a large application takes minutes; an hour means that nobody or nothing syncs it.
  alert(
    "ArgoCdApplicationOutOfSync",
    'argocd_app_info{sync_status="OutOfSync"} == 1',
    "1h",
    "warning",
    "Application {{ $labels.name }} of project {{ $labels.project }} has differed from its repository for an hour",
  ),
  alert(
    "ArgoCdApplicationUnhealthy",
    'argocd_app_info{health_status=~"Degraded|Missing"} == 1',
    "15m",
    "warning",
    "Application {{ $labels.name }} of project {{ $labels.project }} is {{ $labels.health_status }}",
  ),
  alert(
    "ArgoCdSyncFailed",
    'sum by (name, project) (increase(argocd_app_sync_total{phase=~"Error|Failed"}[15m])) > 0',
    "0m",
    "warning",
    "A sync of {{ $labels.name }} failed",
  ),
  alert(
    "ArgoCdRepositoryUnreachable",
    "sum by (repo) (increase(argocd_git_lsremote_fail_total[15m])) > 5",
    "15m",
    "warning",
    "{{ $labels.repo }} does not answer: nothing from it is deployed",
  ),
  alert(
    "ArgoCdControllerAbsent",
    'absent(up{job="argocd-application-controller-metrics"} == 1)',
    "15m",
    "critical",
    "Argo CD's controller is away: nothing is synced",
  ),
];
