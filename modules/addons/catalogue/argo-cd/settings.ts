/** Values of Argo CD that say what it is: accounts, policy, single sign-on, repositories, clusters, and the way in. */
import type { AddonOptions } from "../../../../environments/schema/addons.ts";
import type { Statement } from "../../../iam/policy.ts";
import { allow } from "../../../iam/policy.ts";
import type { Values } from "../../addon.ts";
import { ingressClasses, internalAlb } from "../../ingress.ts";
import { helmYaml } from "../../values.ts";
import { automation, defaultRole, policyCsv, teamsOf } from "./policy.ts";
import { clientSecretName, publicRepositories, type SecretNames } from "./secrets.ts";

type Options = AddonOptions<"argo-cd">;

export function argoConfigs(options: Options, secrets: SecretNames): Values {
  const { admin, users, sso, webhook, clusters } = options;
  return {
    cm: {
      "admin.enabled": admin,
      // Pipelines have a token and cannot log in; people have both.
      [`accounts.${automation}`]: "apiKey",
      ...Object.fromEntries(Object.keys(users).map((name) => [`accounts.${name}`, "apiKey, login"])),
      ...(sso && { "dex.config": dexConfig(options, secrets.sso) }),
      // GitHub sends 25 MB at most; the default of 50 only helps who wants to fill the memory (Argo CD, "Git Webhook Configuration").
      ...(webhook && { "webhook.maxPayloadSizeMB": "25" }),
    },
    // TLS ends at the load balancer; behind it the pods speak plain HTTP, and redirects to themselves would never end.
    params: { "server.insecure": true },
    rbac: { "policy.default": defaultRole, "policy.csv": policyCsv(options), scopes: "[groups]" },
    repositories: publicRepositories(options),
    clusterCredentials: Object.fromEntries(Object.entries(clusters).map(([name, cluster]) => [name, clusterSecret(cluster)])),
    // A reference that Argo CD follows, not the secret.
    ...(webhook && { secret: { githubSecret: `$${secrets.webhook}:webhook` } }),
  };
}

/** Source: dex, "Authentication through GitHub". Only the listed teams get in. */
function dexConfig(options: Options, secret: string): string {
  const config = {
    clientID: `$${secret}:clientId`,
    clientSecret: `$${secret}:clientSecret`,
    orgs: [{ name: options.sso?.organisation, teams: teamsOf(options) }],
    teamNameField: "slug",
  };
  const clients = Object.entries(options.sso?.clients ?? {}).map(([id, { redirects }]) => ({
    id,
    name: id,
    redirectURIs: redirects,
    secret: `$${clientSecretName(id)}:client-secret`,
  }));
  const connectors = [{ type: "github", id: "github", name: "GitHub", config }];
  return helmYaml({ connectors, ...(clients.length > 0 && { staticClients: clients }) });
}

/** No stored token: Argo CD asks for one with its own role, which takes the cluster's. Source: Argo CD, "Declarative Setup", EKS. */
function clusterSecret({ server, name, role, certificateAuthority }: Options["clusters"][string]): Values {
  return {
    server,
    config: {
      awsAuthConfig: { clusterName: name, roleARN: role },
      tlsClientConfig: { insecure: false, caData: certificateAuthority },
    },
  };
}

/** Rights to deploy to other clusters. Sessions of pod identity carry tags, which the other role must be given, too (EKS guide, "ABAC"). */
export function clusterStatements({ clusters }: Options): Statement[] {
  const roles = [...new Set(Object.values(clusters).map(({ role }) => role))].sort();
  return roles.length === 0 ? [] : [allow("deploy to the clusters of the environment's file", ["sts:AssumeRole", "sts:TagSession"], roles)];
}

/** Of the HTTP service alone: the check of the gRPC one is a gRPC call. */
export const healthCheck: Values = { "alb.ingress.kubernetes.io/healthcheck-path": "/healthz" };

/** The user interface and API on the internal load balancer: HTTPS for browsers, gRPC for the command line, by content type. */
export function argoIngress({ host, certificate }: Options): Values {
  return {
    enabled: true,
    controller: "aws",
    ingressClassName: ingressClasses.inside,
    hostname: host,
    annotations: internalAlb(certificate, { "backend-protocol": "HTTP" }),
    // The chart's GRPC (HTTP/2 without TLS) works with targets by address; NodePort is for instance targets.
    aws: { backendProtocolVersion: "GRPC", serviceType: "ClusterIP" },
  };
}
