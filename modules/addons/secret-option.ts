/**
 * Options that name a secret. With external-secrets chosen an option names a secret in Secrets Manager (without a slash: one of the
 * environment's own), and the Kubernetes secret is made from its JSON; without, it names a Kubernetes secret in the add-on's namespace that
 * somebody made.
 */
import { UserError } from "../../environments/user-error.ts";
import type { CustomResource } from "./addon.ts";
import type { Context } from "./context.ts";
import { externalSecret, secretPath } from "./external-secret.ts";

export interface SecretOption {
  /** For messages, for example "addons.atlantis.app.secret". */
  readonly option: string;
  /** What the environment says; absent: the option was not used, and there is no secret. */
  readonly given: string | undefined;
  /** The Kubernetes secret, where we make it. */
  readonly made: string;
  /** Key of the Kubernetes secret by key of the JSON. The latter has no points: they would be a path. */
  readonly keys: Readonly<Record<string, string>>;
}

/**
 * Name of the Kubernetes secret that the values refer to.
 * @throws UserError where a name of Secrets Manager is given and nothing reads Secrets Manager.
 */
export function secretName({ option, given, made }: SecretOption, managed: boolean): string {
  if (managed || given === undefined) return made;
  if (!given.includes("/")) return given;
  throw new UserError(
    `${option}: "${given}" is no name of a Kubernetes secret. Add \`"external-secrets": {}\` to \`addons\`, which reads Secrets Manager, or name a secret in the add-on's namespace.`,
  );
}

/** The ExternalSecrets; none where secrets are made by hand. */
export function secretResources(
  secrets: readonly SecretOption[],
  { environment, has }: Pick<Context, "environment" | "has">,
): CustomResource[] {
  if (!has("external-secrets")) return [];
  return secrets.flatMap(({ given, made: name, keys }) => {
    if (given === undefined) return [];
    const path = secretPath(given, environment);
    const entries = Object.entries(keys).map(([property, key]) => [key, { path, property }] as const);
    return [externalSecret({ name, entries: Object.fromEntries(entries) })];
  });
}
