/** Secrets of the monitoring stack: their names, and where external-secrets reads them. */
import type { CustomResource } from "../../addon.ts";
import type { Context } from "../../context.ts";
import { externalSecret } from "../../external-secret.ts";

type Stack = Context<"kube-prometheus-stack">;

interface Source {
  readonly secret: string;
  readonly path?: string;
}

/** Empty where external-secrets is not chosen: the secrets are then somebody's who made them by hand. */
export function secretResources({ options: { alerts, grafana }, environment, has }: Stack): CustomResource[] {
  if (!has("external-secrets")) return [];
  const read = (source: Source | undefined, keys: readonly string[]) => {
    if (!source) return [];
    const path = source.path ?? `${environment.project}/${environment.name}/${source.secret}`;
    return [externalSecret({ name: source.secret, entries: Object.fromEntries(keys.map((key) => [key, { path, property: key }])) })];
  };
  return [
    ...read(grafana, ["admin-user", "admin-password"]),
    // A dot in a JSON key would be read as a path into it, so the CA has a key of its own in Secrets Manager.
    ...read(grafana.logs, ["username", "password", "ca"]),
    ...read(alerts.slack, ["token"]),
    ...read(alerts.email, ["password"]),
  ];
}
