import { describe, expect, test } from "@jest/globals";
import { accessPolicyNames } from "../../../environments/schema/cluster.ts";
import { accessPolicyArn, deletionGuardPolicy, rolesDeniedDeletion } from "../../../modules/cluster/access-policy.ts";
import { denies } from "../../support/policies.ts";

const account = "111122223333";
const role = (name: string, of = account) => `arn:aws:iam::${of}:role/${name}`;
const entry = (arn: string) => ({ role: arn, policy: "view" as const, namespaces: [], groups: [] });

test.each([
  ["cluster-admin", "AmazonEKSClusterAdminPolicy"],
  ["admin", "AmazonEKSAdminPolicy"],
  ["admin-view", "AmazonEKSAdminViewPolicy"],
  ["edit", "AmazonEKSEditPolicy"],
  ["view", "AmazonEKSViewPolicy"],
] as const)("%s is %s", (name, policy) => {
  expect(accessPolicyArn(name)).toBe(`arn:aws:eks::aws:cluster-access-policy/${policy}`);
});

test("every policy name of the schema has its ARN", () => {
  expect(new Set(accessPolicyNames.map(accessPolicyArn)).size).toBe(accessPolicyNames.length);
});

test.each([
  ["a role of the account", role("devops"), { team: "devops" }],
  ["a role with a path", role("teams/platform/devops"), { team: "devops" }],
  ["the role that may delete", role("owner"), {}],
  ["a role of another account", role("devops", "999988887777"), {}],
  ["a role of IAM Identity Center", role("aws-reserved/sso.amazonaws.com/ap-northeast-2/AWSReservedSSO_Admin_0a1b2c3d4e5f6789"), {}],
])("the deny is attached to %s: %s", (_, arn, denied) => {
  expect(rolesDeniedDeletion({ team: entry(arn) }, account, role("owner"))).toEqual(denied);
});

describe("the deny", () => {
  const policy = deletionGuardPolicy({ clusterArn: "arn:cluster", keyArn: "arn:key", deletionRole: role("owner") });
  const by = (arn: string) => ({ "aws:PrincipalArn": arn });

  test.each([
    // action, principal, denied
    ["eks:DeleteCluster", role("devops"), true],
    ["eks:DeleteCluster", role("owner"), false],
    ["kms:ScheduleKeyDeletion", role("devops"), true],
    ["kms:ScheduleKeyDeletion", role("owner"), false],
    ["kms:DisableKey", role("devops"), true],
    // Normal work goes on.
    ["eks:DeleteNodegroup", role("devops"), false],
    ["eks:UpdateClusterConfig", role("devops"), false],
    ["kms:Decrypt", role("devops"), false],
  ])("%s by %s: %s", (action, principal, denied) => {
    expect(denies(policy, action, by(principal))).toBe(denied);
  });

  test("names this cluster and this key only", () => {
    expect(JSON.parse(policy).Statement.map(({ Resource }: { Resource: string }) => Resource)).toEqual(["arn:cluster", "arn:key"]);
  });
});
