/** What users meet: errors, endpoints, certificates; and whether Prometheus sees it at all. */
import type { RuleGroup } from "../rules.ts";

const certificate = "certificate:lifetime:seconds";
const day = 86_400;

export const serviceRules: RuleGroup = {
  name: "platform-services",
  rules: [
    {
      record: "namespace_service:http_requests:rate5m",
      // The name and label that client libraries' conventions have (Prometheus documentation, "Metric and label naming").
      expr: "sum by (namespace, service) (rate(http_requests_total[5m]))",
    },
    {
      record: "namespace_service:http_errors:ratio5m",
      expr: 'sum by (namespace, service) (rate(http_requests_total{code=~"5.."}[5m])) / namespace_service:http_requests:rate5m',
    },
    {
      alert: "HttpErrors",
      // At less than one request in ten seconds, one error would be an alarm.
      expr: "namespace_service:http_errors:ratio5m > 0.05 and namespace_service:http_requests:rate5m > 0.1",
      for: "10m",
      labels: { severity: "warning" },
      annotations: {
        summary: "{{ $labels.namespace }}/{{ $labels.service }} answers {{ $value | humanizePercentage }} of its requests with 5xx.",
      },
    },
    {
      alert: "HttpErrors",
      expr: "namespace_service:http_errors:ratio5m > 0.25 and namespace_service:http_requests:rate5m > 0.1",
      for: "5m",
      labels: { severity: "critical" },
      annotations: {
        summary: "{{ $labels.namespace }}/{{ $labels.service }} answers {{ $value | humanizePercentage }} of its requests with 5xx.",
      },
    },
    {
      alert: "ProbeFailing",
      expr: "max by (job, instance, team) (probe_success) == 0",
      for: "5m",
      labels: { severity: "critical" },
      annotations: { summary: "{{ $labels.instance }} does not answer as its probe {{ $labels.job }} expects." },
    },
    {
      record: certificate,
      // Of endpoints as clients see them, and of cert-manager's before they are even used.
      expr: 'label_replace(min by (instance, team) (probe_ssl_earliest_cert_expiry), "certificate", "$1", "instance", "(.+)") - time() or label_replace(min by (namespace, name) (certmanager_certificate_expiration_timestamp_seconds), "certificate", "$1", "name", "(.+)") - time()',
    },
    {
      alert: "CertificateExpiring",
      // Both ACM (60 days before) and cert-manager (a third of the lifetime) should have renewed it by then.
      expr: `${certificate} < ${21 * day}`,
      for: "1h",
      labels: { severity: "warning" },
      annotations: { summary: "Certificate {{ $labels.certificate }} expires in {{ $value | humanizeDuration }} and was not renewed." },
    },
    {
      alert: "CertificateExpiring",
      expr: `${certificate} < ${3 * day}`,
      for: "5m",
      labels: { severity: "critical" },
      annotations: { summary: "Certificate {{ $labels.certificate }} expires in {{ $value | humanizeDuration }}." },
    },
    {
      alert: "ScrapeFailing",
      expr: "count by (namespace, job) (up == 0) / count by (namespace, job) (up) > 0.1",
      for: "10m",
      labels: { severity: "warning", team: "platform" },
      annotations: {
        summary: "{{ $value | humanizePercentage }} of the targets of {{ $labels.namespace }}/{{ $labels.job }} cannot be read.",
      },
    },
  ],
};
