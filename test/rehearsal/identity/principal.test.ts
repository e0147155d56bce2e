import { expect, test } from "@jest/globals";
import type { AccessEntry } from "../../../rehearsal/eks/data-plane.ts";
import { parseCaller, userOf } from "../../../rehearsal/identity/principal.ts";

const entry = (principalArn: string, username = "someone"): AccessEntry => ({
  principalArn,
  type: "STANDARD",
  username,
  groups: [],
  policies: [],
});

function nameFor(arn: string, ...entries: AccessEntry[]): string {
  const caller = parseCaller(arn);
  if (!caller) return "no caller";
  const user = userOf(caller, entries);
  return "refused" in user ? "refused" : user.username;
}

const role = "arn:aws:sts::111122223333:assumed-role/build/run-17";
const user = "arn:aws:iam::111122223333:user/people/kim";

test.each([
  // caller, principal of the entry, its user name, what Kubernetes sees
  [role, "arn:aws:iam::111122223333:role/build", "ci", "ci"],
  [role, "arn:aws:iam::111122223333:role/teams/ci/build", "ci", "ci"],
  [role, "arn:aws:iam::111122223333:role/build", "ci:{{SessionName}}", "ci:run-17"],
  [role, "arn:aws:iam::999988887777:role/build", "ci", "refused"],
  [role, "arn:aws:iam::111122223333:role/builder", "ci", "refused"],
  [role, "arn:aws:iam::111122223333:user/build", "ci", "refused"],
  ["arn:aws:sts::111122223333:assumed-role/build/a@b", "arn:aws:iam::111122223333:role/build", "x:{{SessionName}}", "x:a-b"],
  ["arn:aws:sts::111122223333:assumed-role/build/a@b", "arn:aws:iam::111122223333:role/build", "x:{{SessionNameRaw}}", "x:a@b"],
  [user, "arn:aws:iam::111122223333:user/people/kim", "kim@{{AccountID}}", "kim@111122223333"],
  [user, "arn:aws:iam::111122223333:user/kim", "kim", "refused"],
  ["arn:aws-cn:sts::111122223333:assumed-role/build/x", "arn:aws-cn:iam::111122223333:role/build", "ci", "ci"],
  ["arn:aws:iam::111122223333:root", "arn:aws:iam::111122223333:role/root", "root", "no caller"],
])("%s with the entry of %s (%s) is %s", (caller, principal, username, expected) => {
  expect(nameFor(caller, entry(principal, username))).toBe(expected);
});
