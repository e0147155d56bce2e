/** A cluster of the user's own behind the emulated EKS. Here it is one of kwok's, which knows nothing of the rehearsal. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import type { ControlPlane, NodePool } from "../../rehearsal/eks/data-plane.ts";
import { credentialLedger } from "../../rehearsal/identity/credentials.ts";
import { accessLabel } from "../../rehearsal/kubernetes/access.ts";
import { type KubernetesApi, KubernetesError, kubernetesApi } from "../../rehearsal/kubernetes/api.ts";
import { type RunningControlPlane, startControlPlane } from "../../rehearsal/kubernetes/control-plane.ts";
import { checkedKubeconfig } from "../../rehearsal/kubernetes/existing/kubeconfig.ts";
import { type ExistingPlane, existingClusterPlane } from "../../rehearsal/kubernetes/existing/plane.ts";
import { alignNodes } from "../../rehearsal/kubernetes/node-controller.ts";
import { nodesOf } from "../../rehearsal/kubernetes/nodes.ts";
import { startDetachedWorld } from "../../rehearsal/run/world-client.ts";
import { withKubernetes } from "./kubernetes-describe.ts";
import { account, binaries, identity, roleEntry, session, token } from "./kubernetes-setup.ts";

// The first run installs moto.
jest.setTimeout(180_000);

const run = promisify(execFile);
const rbac = "/apis/rbac.authorization.k8s.io/v1";
const viewRole = "rehearsal:AmazonEKSViewPolicy";
const cache = fileURLToPath(new URL("../../.cache", import.meta.url));
const pool: NodePool = {
  name: "general",
  kind: "managed",
  instanceTypes: ["m6i.large"],
  desired: 2,
  zones: ["ap-northeast-2a"],
  capacityType: "ON_DEMAND",
  labels: {},
  taints: [],
  diskGiB: 20,
};

withKubernetes("the user's own cluster", () => {
  let folder: string;
  let owned: RunningControlPlane;
  let admin: KubernetesApi;
  let plane: ExistingPlane;
  let endpoint: ControlPlane;
  const log: string[] = [];
  const roles = ["devops", "developer", "stranger"];
  const entries = [
    roleEntry("devops", "AmazonEKSClusterAdminPolicy", "cluster"),
    roleEntry("developer", "AmazonEKSEditPolicy", ["apps"], ["developers"]),
  ];

  const ca = () => Buffer.from(endpoint.certificateAuthority, "base64").toString();
  const as = async (role: string) =>
    kubernetesApi({ endpoint: endpoint.endpoint, ca: ca(), identity: { token: await token(session(role), "dev") } });
  const status = async (role: string, path: string) => {
    const api = await as(role);
    const answer = await api.call({ method: "GET", path }).catch((error: unknown) => error);
    api.close();
    return answer instanceof KubernetesError ? answer.status : 200;
  };
  const left = async () => {
    const selector = `labelSelector=${encodeURIComponent(`${accessLabel.key}=${accessLabel.value}`)}`;
    const kinds = ["clusterroles", "clusterrolebindings", "rolebindings"];
    const lists = await Promise.all(
      kinds.map((kind) =>
        admin.call<{ items: unknown[] }>({ method: "GET", path: `/apis/rbac.authorization.k8s.io/v1/${kind}?${selector}` }),
      ),
    );
    return lists.map(({ items }) => items.length);
  };
  const start = async () => {
    const authority = { ledger: credentialLedger(roles.map(session)), now: () => new Date(), whoIs: async () => "" };
    plane = existingClusterPlane({
      kubeconfig: await checkedKubeconfig({ kubeconfig: owned.kubeconfig, anywhere: false }),
      authority,
      log: (line) => log.push(line),
    });
    endpoint = await plane.start(identity("dev"));
    await plane.setAccess("dev", entries);
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "mainline-existing-"));
    const found = await binaries();
    const kubernetesVersion = found.kubernetesVersion ?? "1.35.0";
    owned = await startControlPlane({
      cluster: "own",
      binaries: found,
      kubernetesVersion,
      folder,
      cache: join(cache, "kwok"),
      // Nobody answers there: this cluster takes no EKS tokens.
      webhookUrl: "http://127.0.0.1:9/",
      log: () => {},
      failed: () => {},
    });
    admin = owned.api;
    await alignNodes(admin, nodesOf(identity("own"), [pool], { prefixDelegation: true, kubernetesVersion }));
    await admin.call({ method: "POST", path: "/api/v1/namespaces", body: { metadata: { name: "apps" } } });
    // Left by a run that was killed, of an older version.
    const metadata = { name: viewRole, labels: { [accessLabel.key]: accessLabel.value } };
    await admin.call({ method: "POST", path: `${rbac}/clusterroles`, body: { metadata, rules: [] } });
    const roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: viewRole };
    await admin.call({ method: "POST", path: `${rbac}/clusterrolebindings`, body: { metadata, roleRef } });
    // A role of the user's own stays.
    await admin.call({ method: "POST", path: `${rbac}/clusterroles`, body: { metadata: { name: "theirs" }, rules: [] } });
    await start();
  });
  afterAll(async () => {
    await plane?.close();
    await owned?.stop();
    await rm(folder, { recursive: true });
  });

  test("kubectl of devops lists the cluster's own nodes, by a token of the AWS CLI", async () => {
    const folder = await mkdtemp(join(tmpdir(), "mainline-existing-"));
    const file = join(folder, "ca.crt");
    await writeFile(file, ca());
    const connection = ["--kubeconfig", "/dev/null", "--server", endpoint.endpoint, "--certificate-authority", file];
    const { stdout } = await run("kubectl", [
      ...connection,
      "--token",
      await token(session("devops"), "dev"),
      "get",
      "nodes",
      "-o",
      "name",
    ]);
    await rm(folder, { recursive: true });
    expect(stdout.trim().split("\n")).toHaveLength(2);
  });

  test("a developer may what the access entry says, and nothing else", async () => {
    expect(await status("developer", "/api/v1/namespaces/apps/pods")).toBe(200);
    expect(await status("developer", "/api/v1/nodes")).toBe(403);
  });

  test("an unknown principal and no token are refused, and the log says why", async () => {
    expect(await status("stranger", "/api/v1/nodes")).toBe(401);
    expect(log.at(-1)).toMatch(/token refused for cluster dev: no access entry for .*stranger/);
    const answer = await fetchAs({});
    expect(answer).toBe(401);
  });

  const fetchAs = async (headers: Record<string, string>, path = "/api/v1/nodes"): Promise<number> => {
    return new Promise((resolve, reject) => {
      const outgoing = request(new URL(path, endpoint.endpoint), { ca: ca(), headers, agent: false }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      outgoing.on("error", reject).end();
    });
  };

  test("a developer does not become somebody else by headers", async () => {
    const authorization = `Bearer ${await token(session("developer"), "dev")}`;
    expect(await fetchAs({ authorization, "Impersonate-User": "admin", "Impersonate-Group": "system:masters" })).toBe(403);
  });

  test("the API server sees the entry's user and groups", async () => {
    const api = await as("developer");
    const review = { method: "POST", path: "/apis/authentication.k8s.io/v1/selfsubjectreviews", body: {} } as const;
    const { status: seen } = await api.call<{ status: { userInfo: { username: string; groups: string[] } } }>(review);
    api.close();
    expect(seen.userInfo.username).toBe("arn:aws:sts::111122223333:assumed-role/developer/someone-example.com");
    expect(seen.userInfo.groups).toEqual(expect.arrayContaining(["developers", "system:authenticated"]));
    expect(seen.userInfo.groups).not.toContain("system:masters");
  });

  test("a watch tells of what happens", async () => {
    const api = await as("devops");
    const stop = new AbortController();
    const seen = new Promise<string>((resolve) => {
      const path = "/api/v1/namespaces/apps/configmaps?watch=true&fieldSelector=metadata.name%3Dwatched";
      void api.stream(path, resolve, stop.signal).catch(() => {});
    });
    await api.call({ method: "POST", path: "/api/v1/namespaces/apps/configmaps", body: { metadata: { name: "watched" } } });
    expect(JSON.parse(await seen)).toMatchObject({ type: "ADDED", object: { metadata: { name: "watched" } } });
    stop.abort();
    api.close();
  });

  test("what a killed run left is replaced", async () => {
    const { rules } = await admin.call<{ rules: unknown[] }>({ method: "GET", path: `${rbac}/clusterroles/${viewRole}` });
    expect(rules.length).toBeGreaterThan(0);
    const binding = admin.call({ method: "GET", path: `${rbac}/clusterrolebindings/${viewRole}` });
    await expect(binding).rejects.toMatchObject({ status: 404 });
  });

  test("there is one cluster only, and its nodes are counted", async () => {
    await expect(plane.start(identity("second"))).rejects.toThrow(/there is one cluster, and "dev" is it/);
    expect(await plane.capacity()).toMatchObject([{ cluster: "dev", nodes: 2, ready: 2 }]);
    expect(plane.description).toMatch(/^your own cluster \(context .*\), Kubernetes 1\..*; nodes are the cluster's own$/);
  });

  test("nothing is left in the cluster after DeleteCluster, nor after the end; it can be created again", async () => {
    expect(await left()).toEqual([expect.any(Number), 1, 1]);
    await plane.stop("dev");
    expect(await left()).toEqual([0, 0, 0]);
    await start();
    expect(await status("devops", "/api/v1/nodes")).toBe(200);
    await plane.close();
    expect(await left()).toEqual([0, 0, 0]);
    await admin.call({ method: "GET", path: `${rbac}/clusterroles/theirs` });
  });

  test("a world in a process of its own takes it, or says why not", async () => {
    const folder = await mkdtemp(join(tmpdir(), "mainline-existing-"));
    const spec = { folder, cache, account, region: "ap-northeast-2", user: { PATH: process.env.PATH } };
    const world = await startDetachedWorld({ ...spec, existing: { kubeconfig: owned.kubeconfig, anywhere: false } }, () => {});
    expect(await world.kubernetes()).toMatchObject({
      answers: true,
      description: expect.stringMatching(/^your own cluster/),
      clusters: [],
    });
    await world.close();
    const refused = startDetachedWorld(
      { ...spec, existing: { kubeconfig: owned.kubeconfig, context: "other", anywhere: false } },
      () => {},
    );
    await expect(refused).rejects.toThrow(/has no context "other"/);
    await rm(folder, { recursive: true });
  });
});
