/** Alerts on the shipper. Names of metrics: Fluent Bit manual, "Monitoring", metrics v2. */
import type { Values } from "../../addon.ts";

function alert(
  name: string,
  expr: string,
  minutes: number,
  severity: "critical" | "warning",
  summary: string,
  description: string,
): Values {
  return { alert: name, expr, for: `${minutes}m`, labels: { severity }, annotations: { summary, description } };
}

export const alerts: readonly Values[] = [
  alert(
    "LogsLost",
    "sum by (pod, name) (rate(fluentbit_output_retries_failed_total[10m])) > 0",
    10,
    "critical",
    "Logs are lost",
    "{{ $labels.pod }} dropped logs for {{ $labels.name }} after its last try. Look at its log and at the health of the sink.",
  ),
  alert(
    "LogsDelayed",
    "sum by (pod, name) (rate(fluentbit_output_retries_total[15m])) > 0.05",
    30,
    "warning",
    "Logs are delayed",
    "{{ $labels.pod }} keeps retrying {{ $labels.name }}; logs wait on the disk of its node until the buffer is full.",
  ),
  alert(
    "LogShipperMissing",
    'absent(up{job="fluent-bit"} == 1)',
    15,
    "critical",
    "No log shipper",
    "No pod of Fluent Bit answers: no logs are stored.",
  ),
];
