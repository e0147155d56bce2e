/**
 * How a team reads its secrets of AWS, and no others: a store per service in each of its namespaces, which takes a role by an account of that
 * namespace. A web identity, since external-secrets asks for the account's token; a pod identity would be that of its own pods, the same for
 * every team (External Secrets, "AWS Access"). Whoever may deploy in the namespace may use the stores, and nobody else: STS compares the
 * account's name and namespace, whatever an annotation says.
 */
import type { Environment } from "../../environments/schema.ts";
import type { CustomResource } from "../addons/addon.ts";
import { readValues } from "../addons/catalogue/external-secrets/policy.ts";
import { secretStores } from "../addons/external-secret.ts";
import { type Statement, trust } from "../iam/policy.ts";
import { labelsOf } from "./names.ts";

/** Account of the stores; nothing runs with it. */
const account = "external-secrets";

/** What the role of a team is made of. */
export interface SecretReader {
  readonly trust: Statement;
  readonly statements: readonly Statement[];
}

/** Beginning of the names of a team's secrets; parameters have a slash before it. */
function prefixOf(team: string, { project, name }: Pick<Environment, "project" | "name">): string {
  return `${project}/${name}/${team}/`;
}

/** Name of the role: projects have 20 characters, environments 16 and teams 32 at most, and roles 64. */
export function secretRoleOf(team: string, { project, name }: Pick<Environment, "project" | "name">): string {
  return `${project}-${name}-team-${team}-secrets`;
}

/** Account and stores, in each of the namespaces. */
export function secretStoreResources(
  team: string,
  namespaces: readonly string[],
  environment: Pick<Environment, "account" | "region" | "project" | "name">,
): CustomResource[] {
  const { account: id, region, project } = environment;
  const services = { [secretStores.secretsManager]: "SecretsManager", [secretStores.parameterStore]: "ParameterStore" };
  return namespaces.flatMap((namespace) => [
    {
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: {
        name: account,
        namespace,
        labels: labelsOf(team, project),
        annotations: { "eks.amazonaws.com/role-arn": `arn:aws:iam::${id}:role/${secretRoleOf(team, environment)}` },
      },
      automountServiceAccountToken: false,
    },
    ...Object.entries(services).map(([name, service]) => ({
      apiVersion: "external-secrets.io/v1",
      kind: "SecretStore",
      metadata: { name, namespace, labels: labelsOf(team, project) },
      spec: { provider: { aws: { service, region, auth: { jwt: { serviceAccountRef: { name: account } } } } } },
    })),
  ]);
}

export interface ReaderSettings {
  readonly team: string;
  readonly namespaces: readonly string[];
  readonly environment: Pick<Environment, "account" | "region" | "project" | "name">;
  readonly cluster: { readonly oidcProviderArn: string; readonly oidcIssuer: string };
  readonly keys: readonly string[];
}

/** Trust and rights of the team's role. It cannot look for secrets: lists have no resource level, and would tell the names of all. */
export function secretReader({ team, namespaces, environment, cluster, keys }: ReaderSettings): SecretReader {
  const prefix = prefixOf(team, environment);
  const { oidcProviderArn, oidcIssuer } = cluster;
  return {
    trust: trust("the stores of the team's namespaces", { federated: [oidcProviderArn] }, "sts:AssumeRoleWithWebIdentity", {
      StringEquals: {
        [`${oidcIssuer}:aud`]: "sts.amazonaws.com",
        [`${oidcIssuer}:sub`]: namespaces.map((namespace) => `system:serviceaccount:${namespace}:${account}`),
      },
    }),
    statements: readValues({ ...environment, secrets: [prefix], parameters: [`/${prefix}`], keys }),
  };
}
