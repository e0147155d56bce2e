/** Default alerts of Atlantis. Metrics: Atlantis, "Stats". */
import type { Alert } from "../../alert.ts";

export const alerts: readonly Alert[] = [
  {
    name: "AtlantisApplyFailed",
    when: "sum by (base_repo, pr_number) (increase(atlantis_cmd_comment_apply_execution_error[15m])) > 0",
    lasting: "0m",
    severity: "warning",
    summary: "An apply of {{ $labels.base_repo }}#{{ $labels.pr_number }} failed: what it changed until then stays",
  },
  {
    name: "AtlantisAbsent",
    when: 'absent(up{namespace="atlantis"} == 1)',
    lasting: "15m",
    severity: "critical",
    summary: "Atlantis is away: nothing is planned or applied",
  },
];
