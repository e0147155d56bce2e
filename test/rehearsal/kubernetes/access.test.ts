import { expect, test } from "@jest/globals";
import { bindingObject, bindingPath, clusterRoles, unknownPolicies, wantedBindings } from "../../../rehearsal/kubernetes/access.ts";
import { accessPolicies, type Rule } from "../../../rehearsal/kubernetes/access-policies.ts";
import { entryFor } from "./fixtures.ts";

const namespaces = ["default", "apps", "team-red", "team-blue", "steam-x"];

test.each<[readonly string[] | "cluster", readonly (string | undefined)[]]>([
  ["cluster", [undefined]],
  [["apps"], ["apps"]],
  [["apps", "not-there-yet"], ["apps"]],
  [["team-*"], ["team-red", "team-blue"]],
  [["*-x"], ["steam-x"]],
  [["apps", "a*"], ["apps"]],
  [["tea."], []],
])("scope %j binds in %j", (scope, expected) => {
  const bindings = wantedBindings([entryFor("dev", "AmazonEKSViewPolicy", scope)], namespaces);
  expect(bindings.map(({ namespace }) => namespace)).toEqual(expected);
});

test("a binding names the entry's own group, and is found again by its name", () => {
  const [binding] = wantedBindings([entryFor("dev", "AmazonEKSEditPolicy", ["apps"])], namespaces);
  if (!binding) throw new Error("no binding");
  expect(bindingPath(binding.namespace)).toBe("/apis/rbac.authorization.k8s.io/v1/namespaces/apps/rolebindings");
  expect(bindingObject(binding)).toMatchObject({
    kind: "RoleBinding",
    metadata: { namespace: "apps", annotations: { "rehearsal.mainline.dev/principal": "arn:aws:iam::111122223333:role/dev" } },
    roleRef: { kind: "ClusterRole", name: "rehearsal:AmazonEKSEditPolicy" },
    subjects: [{ kind: "Group", name: "rehearsal:access-entry:arn:aws:iam::111122223333:role/dev" }],
  });
  const other = wantedBindings([entryFor("ops", "AmazonEKSEditPolicy", ["apps"])], namespaces);
  expect(other[0]?.name).not.toBe(binding.name);
});

test("only users' entries are bound, and only policies that are known", () => {
  const node = { ...entryFor("node", "AmazonEKSViewPolicy", "cluster"), type: "EC2_LINUX" } as const;
  const unknown = entryFor("auto", "AmazonEKSAutoNodePolicy", "cluster");
  expect(wantedBindings([node, unknown], namespaces)).toEqual([]);
  expect(unknownPolicies([unknown, entryFor("dev", "AmazonEKSViewPolicy", "cluster")])).toEqual(["AmazonEKSAutoNodePolicy"]);
});

test("every policy is a role", () => {
  expect(clusterRoles().map(({ metadata }) => metadata.name)).toEqual(Object.keys(accessPolicies).map((name) => `rehearsal:${name}`));
});

function allows(policy: string, verb: string, group: string, resource: string): boolean {
  const has = (list: readonly string[] | undefined, value: string) => list?.some((each) => each === "*" || each === value) ?? false;
  return (accessPolicies[policy] ?? []).some(
    (rule: Rule) => has(rule.apiGroups, group) && has(rule.resources, resource) && has(rule.verbs, verb),
  );
}

// Where EKS's policies differ from Kubernetes' own roles, and where they end.
test.each([
  ["AmazonEKSViewPolicy", "get", "", "secrets", false],
  ["AmazonEKSViewPolicy", "list", "", "namespaces", true],
  ["AmazonEKSViewPolicy", "get", "", "nodes", false],
  ["AmazonEKSViewPolicy", "get", "argoproj.io", "applications", false],
  ["AmazonEKSViewPolicy", "get", "rbac.authorization.k8s.io", "roles", false],
  ["AmazonEKSEditPolicy", "get", "", "secrets", true],
  ["AmazonEKSEditPolicy", "delete", "", "pods", true],
  ["AmazonEKSEditPolicy", "create", "", "namespaces", false],
  ["AmazonEKSEditPolicy", "update", "", "resourcequotas", false],
  ["AmazonEKSEditPolicy", "create", "rbac.authorization.k8s.io", "rolebindings", false],
  ["AmazonEKSEditPolicy", "impersonate", "", "serviceaccounts", true],
  ["AmazonEKSAdminPolicy", "create", "rbac.authorization.k8s.io", "rolebindings", true],
  ["AmazonEKSAdminPolicy", "create", "authorization.k8s.io", "localsubjectaccessreviews", true],
  ["AmazonEKSAdminPolicy", "create", "rbac.authorization.k8s.io", "clusterroles", false],
  ["AmazonEKSAdminPolicy", "update", "", "namespaces", false],
  ["AmazonEKSAdminViewPolicy", "get", "", "secrets", true],
  ["AmazonEKSAdminViewPolicy", "get", "argoproj.io", "applications", true],
  ["AmazonEKSAdminViewPolicy", "delete", "", "pods", false],
  ["AmazonEKSClusterAdminPolicy", "escalate", "rbac.authorization.k8s.io", "clusterroles", true],
  ["AmazonEKSSecretReaderPolicy", "get", "", "secrets", true],
  ["AmazonEKSSecretReaderPolicy", "get", "", "pods", false],
])("%s: %s %s/%s is %s", (policy, verb, group, resource, expected) => {
  expect(allows(policy, verb, group, resource)).toBe(expected);
});
