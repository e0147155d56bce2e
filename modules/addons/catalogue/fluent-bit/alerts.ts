/** Alerts on the shipper. Names of metrics: Fluent Bit manual, "Monitoring", metrics v2. */
import type { Alert } from "../../alert.ts";

export const alerts: readonly Alert[] = [
  {
    name: "LogsLost",
    when: "sum by (pod, name) (rate(fluentbit_output_retries_failed_total[10m])) > 0",
    lasting: "10m",
    severity: "critical",
    summary: "{{ $labels.pod }} dropped logs for {{ $labels.name }} after its last try: look at its log and at the health of the sink",
  },
  {
    name: "LogsDelayed",
    when: "sum by (pod, name) (rate(fluentbit_output_retries_total[15m])) > 0.05",
    lasting: "30m",
    severity: "warning",
    summary: "{{ $labels.pod }} keeps retrying {{ $labels.name }}; logs wait on the disk of its node until the buffer is full",
  },
  {
    name: "LogShipperMissing",
    when: 'absent(up{job="fluent-bit"} == 1)',
    lasting: "15m",
    severity: "critical",
    summary: "No pod of Fluent Bit answers: no logs are stored",
  },
];
