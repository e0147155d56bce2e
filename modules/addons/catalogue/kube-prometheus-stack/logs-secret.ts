/**
 * The secret by which Grafana reads logs, in its own namespace: user and password from Secrets Manager, and the CA of Elasticsearch in the
 * cluster, which the operator makes anew every year in the namespace `logging`, read from there. efk lets this account, and no other, read
 * that one certificate. Source: External Secrets documentation, "Kubernetes" provider.
 */
import type { CustomResource } from "../../addon.ts";
import { externalSecret } from "../../external-secret.ts";
import { elasticsearchCa, elasticsearchHost, logsReader } from "../efk/names.ts";

const store = "elasticsearch-ca";

/** Whether the address is that of the add-on efk. */
export function isOwnElasticsearch(url: string): boolean {
  return new URL(url).hostname === elasticsearchHost;
}

export function logsSecret(name: string, path: string, url: string): CustomResource[] {
  const login = { username: { path, property: "username" }, password: { path, property: "password" } };
  // A dot in a JSON key would be read as a path into it, so a CA of elsewhere has a key of its own in Secrets Manager.
  if (!isOwnElasticsearch(url)) return [externalSecret({ name, entries: { ...login, ca: { path, property: "ca" } } })];
  const ca = { path: elasticsearchCa, property: "ca.crt", store: { kind: "SecretStore", name: store } } as const;
  return [
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: logsReader.serviceAccount }, automountServiceAccountToken: false },
    {
      apiVersion: "external-secrets.io/v1",
      kind: "SecretStore",
      metadata: { name: store },
      spec: {
        provider: {
          kubernetes: {
            remoteNamespace: "logging",
            // CA of the API server, which every namespace has.
            server: { caProvider: { type: "ConfigMap", name: "kube-root-ca.crt", key: "ca.crt" } },
            auth: { serviceAccount: { name: logsReader.serviceAccount } },
          },
        },
      },
    },
    externalSecret({ name, entries: { ...login, ca } }),
  ];
}
