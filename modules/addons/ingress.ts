/** Ways in to the user interfaces of add-ons: the internal load balancer, HTTPS only. */
/** Classes that the add-on aws-load-balancer-controller makes. */
export const ingressClasses = { inside: "alb", outside: "alb-public" } as const;

/** Keys of the load balancer controller. Source: AWS Load Balancer Controller, "Ingress annotations". */
function annotations(settings: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const given = Object.entries(settings).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
  return Object.fromEntries(given.map(([key, value]) => [`alb.ingress.kubernetes.io/${key}`, value]));
}

function httpsAlb(more: Readonly<Record<string, string>>): Record<string, string> {
  return annotations({ "target-type": "ip", "listen-ports": '[{"HTTPS":443}]', ...more });
}

/**
 * Internal whatever the class is by default: what administers a cluster is not on the internet by somebody else's option.
 * @param more keys without their prefix.
 */
export function internalAlb(certificate: string | undefined, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { ...httpsAlb(more), ...annotations({ scheme: "internal", "certificate-arn": certificate }) };
}

/** For GitHub's calls: one path, from the addresses that it names. */
export function webhookAlb(from: readonly string[], healthCheck: string): Record<string, string> {
  return httpsAlb({ "inbound-cidrs": from.join(","), "healthcheck-path": healthCheck });
}
