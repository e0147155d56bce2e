/**
 * Whether the cluster may read the secrets that add-ons refer to. A name outside of the prefixes of external-secrets' role is refused by AWS
 * only, once everything is applied: the ExternalSecret stays empty, and pods wait for its secret. Pure: text out.
 */
import type { Environment } from "../../environments/schema.ts";
import { ownSecrets, secretStores } from "./external-secret.ts";
import type { PlannedAddon } from "./plan.ts";

/** Prefixes of names in Secrets Manager that external-secrets may read. */
export function secretPrefixes(environment: Pick<Environment, "project" | "name" | "addons">): readonly string[] {
  return environment.addons["external-secrets"]?.secrets ?? [ownSecrets(environment)];
}

interface Reads {
  readonly secretStoreRef: { readonly name: string };
  readonly data: readonly { readonly remoteRef: { readonly key: string }; readonly sourceRef?: unknown }[];
}

/** One line per secret of Secrets Manager that an add-on of ours refers to and that is below none of the prefixes. */
export function unreadableSecrets(planned: readonly Pick<PlannedAddon, "id" | "resources">[], prefixes: readonly string[]): string[] {
  return planned.flatMap(({ id, resources }) => {
    const specs = resources.filter(({ kind }) => kind === "ExternalSecret").map(({ spec }) => spec as Reads);
    const keys = specs
      .filter(({ secretStoreRef }) => secretStoreRef.name === secretStores.secretsManager)
      // An entry with a source of its own is read with the rights of that.
      .flatMap(({ data }) => data.flatMap(({ remoteRef, sourceRef }) => (sourceRef === undefined ? [remoteRef.key] : [])));
    return [...new Set(keys)]
      .filter((key) => !prefixes.some((prefix) => key.startsWith(prefix)))
      .map((key) => `${id} reads "${key}" of Secrets Manager, which is below none of ${prefixes.join(", ")}.`);
  });
}
