/** Default alerts of Argo CD. Source of the metrics: Argo CD, "Metrics". */
import type { Alert } from "../../alert.ts";

const failedSyncs = 'argocd_app_sync_total{phase=~"Error|Failed"}';
/** The counter of a phase begins with 1, which is no increase: what is there now and was not a quarter of an hour ago, of a controller that was. */
const firstFailures = `(${failedSyncs} unless ${failedSyncs} offset 15m) and on (instance) (up offset 15m == 1)`;

export const alerts: readonly Alert[] = [
  {
    // A sync of a large application takes minutes; an hour means that nobody or nothing syncs it.
    name: "ArgoCdApplicationOutOfSync",
    when: 'argocd_app_info{sync_status="OutOfSync"} == 1',
    lasting: "1h",
    severity: "warning",
    summary: "Application {{ $labels.name }} of project {{ $labels.project }} has differed from its repository for an hour",
  },
  {
    name: "ArgoCdApplicationUnhealthy",
    when: 'argocd_app_info{health_status=~"Degraded|Missing"} == 1',
    lasting: "15m",
    severity: "warning",
    summary: "Application {{ $labels.name }} of project {{ $labels.project }} is {{ $labels.health_status }}",
  },
  {
    name: "ArgoCdSyncFailed",
    when: `sum by (name, project) (increase(${failedSyncs}[15m])) > 0 or sum by (name, project) (${firstFailures}) > 0`,
    lasting: "0m",
    severity: "warning",
    summary: "A sync of {{ $labels.name }} failed",
  },
  {
    name: "ArgoCdRepositoryUnreachable",
    when: "sum by (repo) (increase(argocd_git_lsremote_fail_total[15m])) > 5",
    lasting: "15m",
    severity: "warning",
    summary: "{{ $labels.repo }} does not answer: nothing from it is deployed",
  },
  {
    name: "ArgoCdControllerAbsent",
    when: 'absent(up{job="argocd-application-controller-metrics"} == 1)',
    lasting: "15m",
    severity: "critical",
    summary: "Argo CD's controller is away: nothing is synced",
  },
];
