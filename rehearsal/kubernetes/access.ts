/** Access entries as RBAC objects: which roles and bindings must exist for these entries and namespaces. Pure. */
import { createHash } from "node:crypto";
import type { AccessEntry } from "../eks/data-plane.ts";
import { entryGroup } from "../identity/principal.ts";
import { accessPolicies, policyName } from "./access-policies.ts";

const rbac = "rbac.authorization.k8s.io";

/** Marks what the rehearsal made, and finds it again. */
export const accessLabel = { key: "rehearsal.mainline.dev/part", value: "access" } as const;

export interface ClusterRole {
  readonly apiVersion: "rbac.authorization.k8s.io/v1";
  readonly kind: "ClusterRole";
  readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
  readonly rules: readonly object[];
}

/** A ClusterRoleBinding, or with a namespace a RoleBinding. */
export interface Binding {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly role: string;
  readonly group: string;
  readonly principalArn: string;
}

const roleName = (policy: string) => `rehearsal:${policy}`;

/** One role per access policy; they never change, so they are made once per cluster. */
export function clusterRoles(): ClusterRole[] {
  return Object.entries(accessPolicies).map(([policy, rules]) => ({
    apiVersion: `${rbac}/v1`,
    kind: "ClusterRole",
    metadata: { name: roleName(policy), labels: { [accessLabel.key]: accessLabel.value } },
    rules,
  }));
}

/** Bindings that must exist, and no others. A namespace that an entry names counts only once it exists; "*" stands for any characters. */
export function wantedBindings(entries: readonly AccessEntry[], namespaces: readonly string[]): Binding[] {
  return entries
    .filter(({ type }) => type === "STANDARD")
    .flatMap(({ principalArn, policies }) =>
      policies.flatMap(({ policyArn, namespaces: scope }): Binding[] => {
        const policy = policyName(policyArn);
        if (!accessPolicies[policy]) return [];
        const name = `rehearsal:${policy}:${createHash("sha256").update(principalArn).digest("hex").slice(0, 12)}`;
        const binding = { name, role: roleName(policy), group: entryGroup(principalArn), principalArn };
        if (scope === "cluster") return [{ ...binding, namespace: undefined }];
        const patterns = scope.map(wildcard);
        return namespaces.filter((each) => patterns.some((pattern) => pattern.test(each))).map((namespace) => ({ ...binding, namespace }));
      }),
    );
}

/** Policies that are not in our table; they are named in the log, since nothing is allowed for them. */
export function unknownPolicies(entries: readonly AccessEntry[]): string[] {
  const names = entries.flatMap(({ policies }) => policies.map(({ policyArn }) => policyName(policyArn)));
  return [...new Set(names)].filter((name) => !accessPolicies[name]);
}

function wildcard(pattern: string): RegExp {
  const literal = (text: string) => text.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${pattern.split("*").map(literal).join(".*")}$`);
}

/** The object as the API takes it. */
export function bindingObject({ name, namespace, role, group, principalArn }: Binding): object {
  return {
    apiVersion: `${rbac}/v1`,
    kind: namespace ? "RoleBinding" : "ClusterRoleBinding",
    metadata: {
      name,
      namespace,
      labels: { [accessLabel.key]: accessLabel.value },
      annotations: { "rehearsal.mainline.dev/principal": principalArn },
    },
    roleRef: { apiGroup: rbac, kind: "ClusterRole", name: role },
    subjects: [{ apiGroup: rbac, kind: "Group", name: group }],
  };
}

/** Collection path of a binding. */
export function bindingPath(namespace: string | undefined): string {
  return namespace ? `/apis/${rbac}/v1/namespaces/${namespace}/rolebindings` : `/apis/${rbac}/v1/clusterrolebindings`;
}
