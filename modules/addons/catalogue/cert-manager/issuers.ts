/** ClusterIssuers of an ACME authority. Source: cert-manager documentation, "ACME", "DNS01" (Route53) and "HTTP01". */
import type { CustomResource } from "../../addon.ts";

export interface AcmeSettings {
  readonly email: string;
  readonly authority: "letsencrypt" | "letsencrypt-staging";
  readonly dns?: { readonly domains: readonly string[]; readonly zones: readonly string[] } | undefined;
  readonly ingressClass?: string | undefined;
}

/** Source: Let's Encrypt documentation, "Staging Environment". */
const directories = {
  letsencrypt: "https://acme-v02.api.letsencrypt.org/directory",
  "letsencrypt-staging": "https://acme-staging-v02.api.letsencrypt.org/directory",
} as const;

export function acmeIssuers({ email, authority, dns, ingressClass }: AcmeSettings, region: string): CustomResource[] {
  const issuer = (name: string, solvers: readonly object[]): CustomResource => ({
    apiVersion: "cert-manager.io/v1",
    kind: "ClusterIssuer",
    metadata: { name },
    spec: {
      acme: {
        email,
        server: directories[authority],
        // One account each: an issuer that is deleted takes no other's key with it.
        privateKeySecretRef: { name: `${name}-account` },
        solvers,
      },
    },
  });
  return [
    ...(dns ? [issuer("acme-dns", dnsSolvers(dns, region))] : []),
    ...(ingressClass !== undefined
      ? [issuer("acme-http", [{ http01: { ingress: { ingressClassName: ingressClass, serviceType: "ClusterIP" } } }])]
      : []),
  ];
}

/** By the pod identity of the controller: no keys, and no role to assume. With one zone its id is given, which saves a search per order. */
function dnsSolvers({ domains, zones }: { readonly domains: readonly string[]; readonly zones: readonly string[] }, region: string) {
  const [only, ...others] = zones;
  const hostedZoneID = others.length === 0 ? only : undefined;
  return [{ selector: { dnsZones: domains }, dns01: { route53: { region, ...(hostedZoneID !== undefined && { hostedZoneID }) } } }];
}
