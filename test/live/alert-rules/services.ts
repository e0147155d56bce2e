/** What teams' services answer, their volumes and their certificates. */
import { platform, type Situation } from "./situation.ts";

const requests = (code: string, samples: string) => ({
  [`http_requests_total{namespace="apps", service="web", pod="web-1", code="${code}"}`]: samples,
});
/** Seconds. */
const day = 86_400;

export const services: readonly Situation[] = [
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
