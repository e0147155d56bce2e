/**
 * Log in to Argo Workflows by a browser: groups of the issuer become service accounts, whose rights are roles of the chart. Source: Argo
 * Workflows, "Argo Server SSO", SSO RBAC.
 */
import type { AddonOptions } from "../../../../environments/schema/addons.ts";
import type { CustomResource, Values } from "../../addon.ts";
import { type SecretOption, secretName } from "../../secret-option.ts";

type Sso = NonNullable<AddonOptions<"argo-workflows">["sso"]>;

const annotation = (name: string) => `workflows.argoproj.io/${name}`;

export function ssoSecret(sso: Sso | undefined): SecretOption {
  const keys = { "client-id": "client-id", "client-secret": "client-secret" };
  return { option: "addons.argo-workflows.sso.secret", given: sso?.secret, made: "argo-workflows-sso", keys };
}

/** Below `server`. */
export function ssoValues(sso: Sso, host: string, managed: boolean): Values {
  const name = secretName(ssoSecret(sso), managed);
  return {
    sso: {
      enabled: true,
      issuer: sso.issuer,
      clientId: { name, key: "client-id" },
      clientSecret: { name, key: "client-secret" },
      redirectUrl: `https://${host}/oauth2/callback`,
      scopes: ["groups", "email"],
      rbac: { enabled: true, secretWhitelist: levels(sso).map((level) => tokenOf(level.account)) },
    },
  };
}

interface Level {
  readonly account: string;
  /** ClusterRole of the chart; bound in its namespace only. */
  readonly role: string;
  readonly groups: readonly string[];
  /** The higher one wins for who is in both. */
  readonly precedence: string;
}

function levels({ admins, viewers }: Sso): readonly Level[] {
  const all: readonly Level[] = [
    { account: "argo-workflows-admins", role: "argo-workflows-admin", groups: admins, precedence: "2" },
    { account: "argo-workflows-viewers", role: "argo-workflows-view", groups: viewers, precedence: "1" },
  ];
  return all.filter(({ groups }) => groups.length > 0);
}

function tokenOf(account: string): string {
  return `${account}.service-account-token`;
}

/** Who is in no group gets in, and sees nothing. */
export function ssoResources(sso: Sso | undefined): readonly CustomResource[] {
  if (!sso) return [];
  return levels(sso).flatMap(({ account, role, groups, precedence }) => [
    {
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: {
        name: account,
        annotations: {
          [annotation("rbac-rule")]: groups.map((group) => `'${group}' in groups`).join(" || "),
          [annotation("rbac-rule-precedence")]: precedence,
          [annotation("service-account-token.name")]: tokenOf(account),
        },
      },
      automountServiceAccountToken: false,
    },
    {
      // The server acts with it; Kubernetes fills it in.
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: tokenOf(account), annotations: { "kubernetes.io/service-account.name": account } },
      type: "kubernetes.io/service-account-token",
    },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "RoleBinding",
      metadata: { name: account },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role },
      subjects: [{ kind: "ServiceAccount", name: account }],
    },
  ]);
}
