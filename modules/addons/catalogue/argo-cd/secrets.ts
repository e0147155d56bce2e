/**
 * Secrets of Argo CD. With external-secrets an option names a secret in Secrets Manager, and the Kubernetes secret is made from it; without,
 * it names a Kubernetes secret in Argo CD's namespace that somebody made. Argo CD reads `$<secret>:<key>` in its settings only from secrets
 * with the label below (Argo CD, "User Management", sensitive data in another secret).
 */
import type { AddonOptions } from "../../../../environments/schema/addons.ts";
import type { Environment } from "../../../../environments/schema.ts";
import type { CustomResource } from "../../addon.ts";
import type { Context } from "../../context.ts";
import { externalSecret, secretPath } from "../../external-secret.ts";
import { secretName } from "../../secret-option.ts";

type Options = AddonOptions<"argo-cd">;
type Repository = Options["repositories"][string];

const partOf = { "app.kubernetes.io/part-of": "argocd" };

export interface SecretNames {
  readonly sso: string;
  readonly webhook: string;
  readonly slack: string;
}

/**
 * Names of the Kubernetes secrets that the values refer to.
 * @throws UserError where a name of Secrets Manager is given and nothing reads Secrets Manager.
 */
export function secretNames({ sso, webhook, slack, repositories }: Options, managed: boolean): SecretNames {
  const nameOf = (option: string, given: string | undefined, made: string) =>
    secretName({ option: `addons.argo-cd.${option}.secret`, given, made, keys: {} }, managed);
  for (const [name, { secret }] of Object.entries(repositories)) nameOf(`repositories.${name}`, secret, name);
  return {
    sso: nameOf("sso", sso?.secret, "argocd-github"),
    webhook: nameOf("webhook", webhook?.secret, "argocd-webhook"),
    slack: nameOf("slack", slack?.secret, "argocd-notifications-secret"),
  };
}

/** Of another program that logs people in by Argo CD's dex. Without external-secrets, somebody makes it under this name. */
export function clientSecretName(id: string): string {
  return `argocd-client-${id}`;
}

/** The ExternalSecrets; none where secrets are made by hand. */
export function secretResources({ options, environment, has }: Context<"argo-cd">): CustomResource[] {
  if (!has("external-secrets")) return [];
  const { sso, webhook, slack, repositories } = options;
  const names = secretNames(options, true);
  const of = (name: string, given: string | undefined, keys: readonly string[]): CustomResource[] => {
    if (given === undefined) return [];
    const path = secretPath(given, environment);
    return [externalSecret({ name, labels: partOf, entries: Object.fromEntries(keys.map((property) => [property, { path, property }])) })];
  };
  return [
    ...of(names.sso, sso?.secret, ["clientId", "clientSecret"]),
    ...Object.entries(sso?.clients ?? {}).flatMap(([id, { secret }]) => of(clientSecretName(id), secret, ["client-secret"])),
    ...of(names.webhook, webhook?.secret, ["webhook"]),
    ...of(names.slack, slack?.secret, ["slack-token"]),
    ...Object.entries(repositories).flatMap(([name, repository]) => repositorySecret(name, repository, environment)),
  ];
}

/** Public repositories, which are values of the chart: they have no secret. */
export function publicRepositories({
  repositories,
}: Options): Readonly<Record<string, { readonly url: string; readonly type: string; readonly name: string }>> {
  const open = Object.entries(repositories).filter(([, { secret }]) => secret === undefined);
  return Object.fromEntries(open.map(([name, { url, type }]) => [name, { name, url, type }]));
}

/** A repository, or the credentials of all that begin alike, as Argo CD finds them: by label. Source: Argo CD, "Declarative Setup". */
function repositorySecret(name: string, { url, type, covers, secret }: Repository, environment: Environment): CustomResource[] {
  if (secret === undefined) return [];
  const path = secretPath(secret, environment);
  const made = externalSecret({
    name: `argocd-repo-${name}`,
    entries: Object.fromEntries(credentialKeys(url).map((property) => [property, { path, property }])),
  });
  const kind = covers === "prefix" ? "repo-creds" : "repository";
  return [
    {
      ...made,
      spec: {
        ...(made.spec as object),
        target: {
          name: made.metadata.name,
          creationPolicy: "Owner",
          deletionPolicy: "Retain",
          template: {
            // Address and type stand in this repository, the credentials beside them come from Secrets Manager.
            mergePolicy: "Merge",
            metadata: { labels: { ...partOf, "argocd.argoproj.io/secret-type": kind } },
            data: { url, type, ...(covers === "repository" && { name }) },
          },
        },
      },
    },
  ];
}

function credentialKeys(url: string): readonly string[] {
  return url.startsWith("https://") ? ["username", "password"] : ["sshPrivateKey"];
}
