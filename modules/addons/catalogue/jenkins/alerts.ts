/** Default alerts of Jenkins. Metrics: plug-ins prometheus and metrics of Jenkins. */
import type { Alert } from "../../alert.ts";

export const alerts: readonly Alert[] = [
  {
    name: "JenkinsBuildsStuck",
    when: "max(jenkins_queue_stuck_value) > 0",
    lasting: "30m",
    severity: "warning",
    summary: "Builds of Jenkins have waited for half an hour: their agents do not start, or the limit is reached",
  },
  {
    name: "JenkinsAbsent",
    when: 'absent(up{namespace="jenkins"} == 1)',
    lasting: "15m",
    severity: "critical",
    summary: "Jenkins is away: nothing is built",
  },
];
