import { expect, test } from "@jest/globals";
import { type Call, type KubernetesApi, KubernetesError } from "../../../../rehearsal/kubernetes/api.ts";
import { checkedVersion } from "../../../../rehearsal/kubernetes/existing/rights.ts";

/** Answers reviews by what is denied ("verb resource"). */
function api(denied: readonly string[], status?: number): KubernetesApi {
  const answer = (call: Call): unknown => {
    if (status !== undefined) throw new KubernetesError(call, status, "no");
    if (call.path === "/version") return { gitVersion: "v1.35.4" };
    const { spec } = call.body as { spec: { resourceAttributes: { verb: string; resource: string } } };
    return { status: { allowed: !denied.includes(`${spec.resourceAttributes.verb} ${spec.resourceAttributes.resource}`) } };
  };
  return { call: async <T>(call: Call) => answer(call) as T, stream: async () => {}, close: () => {} };
}

test("an administrator's cluster tells its version", async () => {
  expect(await checkedVersion(api([]), "kind", "https://127.0.0.1:1")).toBe("1.35.4");
});

test.each([
  [
    "may not impersonate",
    ["impersonate users", "impersonate groups"],
    undefined,
    /may not impersonate users, impersonate groups\. Use one with/,
  ],
  ["may not make roles", ["escalate clusterroles"], undefined, /may not escalate clusterroles/],
  ["is not known", [], 401, /refuses: .*401.*Check the user/],
  ["finds nobody", [], 0, /does not answer.*Start the cluster/],
])("a user who %s is refused", async (_, denied, status, message) => {
  await expect(checkedVersion(api(denied, status), "kind", "https://127.0.0.1:1")).rejects.toThrow(message);
});
