/** Secrets of the monitoring stack: their names, and where external-secrets reads them. */
import type { CustomResource } from "../../addon.ts";
import type { Context } from "../../context.ts";
import { externalSecret, secretPath } from "../../external-secret.ts";
import { logsSecret } from "./logs-secret.ts";

type Stack = Context<"kube-prometheus-stack">;

interface Source {
  readonly secret: string;
  readonly path?: string;
}

/** Empty where external-secrets is not chosen: the secrets are then somebody's who made them by hand. */
export function secretResources({ options: { alerts, grafana }, environment, has }: Stack): CustomResource[] {
  if (!has("external-secrets")) return [];
  const pathOf = ({ path, secret }: Source) => secretPath(path ?? secret, environment);
  const read = (source: Source | undefined, keys: readonly string[]) => {
    if (!source) return [];
    const path = pathOf(source);
    return [externalSecret({ name: source.secret, entries: Object.fromEntries(keys.map((key) => [key, { path, property: key }])) })];
  };
  return [
    ...read(grafana, ["admin-user", "admin-password"]),
    ...(grafana.logs ? logsSecret(grafana.logs.secret, pathOf(grafana.logs), grafana.logs.url) : []),
    ...read(alerts.slack, ["token"]),
    ...read(alerts.email, ["password"]),
  ];
}
