/** Who may do what: the access entries of an environment on the real API, with tokens of the real AWS CLI. */
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { credentialLedger } from "../../rehearsal/identity/credentials.ts";
import { KubernetesError } from "../../rehearsal/kubernetes/api.ts";
import type { KubernetesPlane } from "../../rehearsal/kubernetes/plane.ts";
import { withKubernetes } from "./kubernetes-describe.ts";
import {
  administrator,
  as,
  canI,
  eventually,
  identity,
  type Rehearsed,
  roleEntry,
  session,
  startPlane,
  token,
} from "./kubernetes-setup.ts";
import { cells, roles, statedEntries } from "./kubernetes-statement.ts";

jest.setTimeout(180_000);

withKubernetes("access entries on the live API", () => {
  let rehearsed: Rehearsed;
  let plane: KubernetesPlane;
  const tokens = new Map<string, string>();
  const credentials = [...roles, "stranger", "node"].map(session);
  const entries = statedEntries();
  const holder = async (role: string) => as(plane, "dev", tokens.get(role) ?? "");
  const lastRefusal = () => rehearsed.log.filter((line) => line.startsWith("token refused")).at(-1);

  const present = async (bearer: string) => {
    const api = await as(plane, "dev", bearer);
    const answer = await api.call({ method: "GET", path: "/api/v1/namespaces/apps/pods" }).catch((error: unknown) => error);
    api.close();
    return answer instanceof KubernetesError ? answer.status : 200;
  };

  beforeAll(async () => {
    rehearsed = await startPlane(credentialLedger(credentials));
    plane = rehearsed.plane;
    await plane.start(identity("dev"));
    const api = await administrator(plane, "dev");
    await plane.setAccess("dev", entries);
    for (const name of ["apps", "team-red"]) await api.call({ method: "POST", path: "/api/v1/namespaces", body: { metadata: { name } } });
    await api.call({
      method: "POST",
      path: "/apis/rbac.authorization.k8s.io/v1/namespaces/apps/rolebindings",
      body: {
        metadata: { name: "testers" },
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "rehearsal:AmazonEKSViewPolicy" },
        subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "testers" }],
      },
    });
    await Promise.all(
      credentials.map(async (credential, index) => tokens.set([...roles, "stranger", "node"][index] ?? "", await token(credential, "dev"))),
    );
  });
  afterAll(async () => rehearsed?.close());

  test("every role may do what the statement says, and nothing else", async () => {
    const table = cells();
    expect(table.length).toBeGreaterThanOrEqual(60);
    const apis = new Map(await Promise.all(roles.map(async (role) => [role as string, await holder(role)] as const)));
    // New namespaces are followed; the last of them settles the rest.
    const lead = apis.get("lead");
    if (lead) await eventually(async () => canI(lead, { verb: "get", resource: "pods", namespace: "team-red" }), Boolean);
    const wrong = await Promise.all(
      table.map(async (cell) => {
        const api = apis.get(cell.role);
        const allowed = api && (await canI(api, cell));
        return allowed === cell.allowed
          ? []
          : [`${cell.role} ${allowed ? "may" : "may not"} ${cell.verb} ${cell.resource} in ${cell.namespace}`];
      }),
    );
    expect(wrong.flat()).toEqual([]);
  });

  test("the user has the name, groups and session that EKS gives", async () => {
    const api = await holder("developer");
    const review = await api.call<{ status: { userInfo: object } }>({
      method: "POST",
      path: "/apis/authentication.k8s.io/v1/selfsubjectreviews",
      body: {},
    });
    expect(review.status.userInfo).toMatchObject({
      username: "arn:aws:sts::111122223333:assumed-role/developer/someone-example.com",
      groups: expect.arrayContaining(["system:authenticated"]),
      extra: { sessionName: ["someone@example.com"], canonicalArn: ["arn:aws:iam::111122223333:role/developer"] },
    });
  });

  test("changes of entries act at once: policy taken away, given for a namespace that comes later, entry deleted", async () => {
    const api = await holder("sqa");
    const look = { verb: "get", resource: "pods", namespace: "team-blue" };
    await plane.setAccess("dev", [
      ...entries.filter(({ principalArn }) => !principalArn.endsWith("/sqa")),
      roleEntry("sqa", "AmazonEKSViewPolicy", ["team-b*"]),
    ]);
    expect(
      await eventually(
        async () => canI(api, { ...look, namespace: "apps" }),
        (allowed) => !allowed,
      ),
    ).toBe(false);
    expect(await canI(api, look)).toBe(false);
    await (await administrator(plane, "dev")).call({
      method: "POST",
      path: "/api/v1/namespaces",
      body: { metadata: { name: "team-blue" } },
    });
    expect(await eventually(async () => canI(api, look), Boolean)).toBe(true);
    await plane.setAccess(
      "dev",
      entries.filter(({ principalArn }) => !principalArn.endsWith("/sqa")),
    );
    expect(
      await eventually(
        async () => present(tokens.get("sqa") ?? ""),
        (status) => status !== 200,
      ),
    ).toBeGreaterThanOrEqual(401);
    await plane.setAccess("dev", entries);
    expect(
      await eventually(
        async () => present(tokens.get("sqa") ?? ""),
        (status) => status === 200,
      ),
    ).toBe(200);
  });

  describe("a token is refused, and the log says why", () => {
    test("of a principal without an entry", async () => {
      expect(await present(tokens.get("stranger") ?? "")).toBe(401);
      expect(lastRefusal()).toBe(
        "token refused for cluster dev: no access entry for arn:aws:sts::111122223333:assumed-role/stranger/someone@example.com",
      );
    });

    test("whose entry was deleted", async () => {
      const fresh = await token(session("lead"), "dev");
      await plane.setAccess(
        "dev",
        entries.filter(({ principalArn }) => !principalArn.endsWith("/lead")),
      );
      expect(await present(fresh)).toBe(401);
      expect(lastRefusal()).toMatch(/no access entry for .*lead/);
      await plane.setAccess("dev", entries);
    });

    test("of a node's entry", async () => {
      await plane.setAccess("dev", [
        ...entries,
        { ...roleEntry("node", undefined, "cluster"), type: "EC2_LINUX", username: "system:node:{{EC2PrivateDNSName}}" },
      ]);
      expect(await present(tokens.get("node") ?? "")).toBe(401);
      expect(lastRefusal()).toMatch(/type EC2_LINUX: for nodes, not for users/);
    });

    test("made for another cluster", async () => {
      expect(await present(await token(session("devops"), "prod"))).toBe(401);
      expect(lastRefusal()).toMatch(/made for another cluster/);
    });

    test("with a tampered signature", async () => {
      const url = Buffer.from((tokens.get("devops") ?? "").slice("k8s-aws-v1.".length), "base64url").toString();
      const tampered = url.replace(/Signature=(.)/, (_, digit: string) => `Signature=${digit === "0" ? "1" : "0"}`);
      expect(await present(`k8s-aws-v1.${Buffer.from(tampered).toString("base64url")}`)).toBe(401);
      expect(lastRefusal()).toMatch(/signature is not that of ASIADEVOPS/);
    });

    test("that has expired", async () => {
      rehearsed.clock = () => new Date(Date.now() + 16 * 60_000);
      expect(await present(await token(session("auditor"), "dev"))).toBe(401);
      rehearsed.clock = () => new Date();
      expect(lastRefusal()).toMatch(/it has expired: signed at/);
    });

    test("that is none", async () => {
      expect(await present("nonsense")).toBe(401);
      expect(lastRefusal()).toMatch(/does not start with "k8s-aws-v1."/);
    });
  });
});
