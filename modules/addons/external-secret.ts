/** How an add-on gets a secret: an ExternalSecret that reads AWS, so that no secret is ever in values, in the state or in this repository. */
import type { Environment } from "../../environments/schema.ts";
import type { CustomResource } from "./addon.ts";

/** Names of the ClusterSecretStores that the add-on external-secrets makes. */
export const secretStores = { secretsManager: "secrets-manager", parameterStore: "parameter-store" } as const;

/**
 * Name in Secrets Manager of what an option calls `given`. Without a slash it stands below the environment's own prefix, so that the same
 * environment file, and every example, names what the cluster may read (readable-secrets.ts).
 */
export function secretPath(given: string, environment: Pick<Environment, "project" | "name">): string {
  return given.includes("/") ? given : `${ownSecrets(environment)}${given}`;
}

/** Prefix of the secrets that are an environment's own. */
export function ownSecrets({ project, name }: Pick<Environment, "project" | "name">): string {
  return `${project}/${name}/`;
}

/** One key of the Kubernetes secret. */
export interface SecretEntry {
  /** Name in Secrets Manager, or of the parameter, whole. */
  readonly path: string;
  /** Key of the JSON that the secret holds. Absent: the secret as it is. */
  readonly property?: string;
  /** Absent: the store of the whole. */
  readonly store?: { readonly kind: "SecretStore" | "ClusterSecretStore"; readonly name: string };
}

export interface ExternalSecretSettings {
  /** Of the ExternalSecret and of the Kubernetes secret that it makes. */
  readonly name: string;
  /** Absent: the add-on's namespace. */
  readonly namespace?: string;
  /** By key of the Kubernetes secret. */
  readonly entries: Readonly<Record<string, SecretEntry>>;
  /** Absent: Secrets Manager. */
  readonly store?: (typeof secretStores)[keyof typeof secretStores];
  /** Labels of the Kubernetes secret; some controllers find theirs by them. */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * The custom resource; the add-on that has it declares `needs` or `after` external-secrets. Read again hourly: a rotated secret is there
 * within the hour, at 720 calls a month for each entry (0.05 USD per 10 000 calls; Secrets Manager prices).
 */
export function externalSecret({
  name,
  namespace,
  entries,
  store = secretStores.secretsManager,
  labels,
}: ExternalSecretSettings): CustomResource {
  return {
    apiVersion: "external-secrets.io/v1",
    kind: "ExternalSecret",
    metadata: { name, ...(namespace !== undefined && { namespace }) },
    spec: {
      refreshInterval: "1h",
      secretStoreRef: { kind: "ClusterSecretStore", name: store },
      // A Kubernetes secret goes with its ExternalSecret, and not when AWS does not answer.
      target: { name, creationPolicy: "Owner", deletionPolicy: "Retain", ...(labels && { template: { metadata: { labels } } }) },
      data: Object.entries(entries).map(([secretKey, { path, property, store: other }]) => ({
        secretKey,
        ...(other && { sourceRef: { storeRef: other } }),
        remoteRef: { key: path, ...(property !== undefined && { property }) },
      })),
    },
  };
}
