/** Node groups, Fargate profiles and volumes in front of the real scheduler. */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import type { V1Node, V1PersistentVolume, V1PersistentVolumeClaim, V1Pod } from "@kubernetes/client-node";
import type { NodePool } from "../../rehearsal/eks/data-plane.ts";
import type { KubernetesApi } from "../../rehearsal/kubernetes/api.ts";
import type { KubernetesPlane } from "../../rehearsal/kubernetes/plane.ts";
import { withKubernetes } from "./kubernetes-describe.ts";
import { administrator, eventually, identity, type Rehearsed, startPlane } from "./kubernetes-setup.ts";

jest.setTimeout(180_000);

const zones = ["ap-northeast-2a", "ap-northeast-2b", "ap-northeast-2c"];
const general: NodePool = {
  name: "general",
  kind: "managed",
  instanceTypes: ["m5.large"],
  desired: 2,
  zones,
  capacityType: "ON_DEMAND",
  labels: { team: "platform" },
  taints: [],
  diskGiB: 50,
};

withKubernetes("a cluster's nodes", () => {
  let rehearsed: Rehearsed;
  let plane: KubernetesPlane;
  let api: KubernetesApi;

  const list = async <T>(path: string) => (await api.call<{ items: T[] }>({ method: "GET", path })).items;
  const post = async (path: string, body: object) => api.call({ method: "POST", path, body });
  const get = async <T>(path: string) => api.call<T>({ method: "GET", path });
  const remove = async (path: string) => api.call({ method: "DELETE", path });
  const nodes = async () => list<V1Node>("/api/v1/nodes");

  beforeAll(async () => {
    rehearsed = await startPlane();
    plane = rehearsed.plane;
    await plane.start(identity("dev"));
    api = await administrator(plane, "dev");
    // The controller manager makes it a moment after the namespace; pods are refused before.
    await eventually(
      async () => get("/api/v1/namespaces/default/serviceaccounts/default").catch(() => undefined),
      (account) => account !== undefined,
    );
  });
  afterAll(async () => rehearsed?.close());

  test("are Ready, spread over zones, with the labels, taints and capacity of their group", async () => {
    const taints = [{ key: "dedicated", value: "build", effect: "NoSchedule" }] as const;
    await plane.setNodes("dev", [
      { ...general, desired: 3 },
      { ...general, name: "build", instanceTypes: ["c7g.xlarge"], desired: 1, capacityType: "SPOT", taints },
    ]);
    const all = await nodes();
    const inGroup = (group: string) => all.filter(({ metadata }) => metadata?.labels?.["eks.amazonaws.com/nodegroup"] === group);
    expect(
      inGroup("general")
        .map(({ metadata }) => metadata?.labels?.["topology.kubernetes.io/zone"])
        .sort(),
    ).toEqual(zones);
    const [build] = inGroup("build");
    expect(build?.spec?.taints).toEqual([{ key: "dedicated", value: "build", effect: "NoSchedule" }]);
    expect(build?.metadata?.labels).toMatchObject({
      "kubernetes.io/arch": "arm64",
      "eks.amazonaws.com/capacityType": "SPOT",
      team: "platform",
    });
    expect(inGroup("general")[0]?.status?.allocatable).toEqual({
      cpu: "1930m",
      memory: "6903Mi",
      "ephemeral-storage": "44Gi",
      pods: "110",
    });
    expect(await plane.capacity("dev")).toMatchObject({ nodes: 4, ready: 4 });
  });

  test("follow changed labels, taints and sizes of their group", async () => {
    await plane.setNodes("dev", [{ ...general, desired: 1 }]);
    const [before] = await nodes();
    const changed = { ...general, desired: 1, labels: { tier: "web" }, taints: [{ key: "a", value: "b", effect: "NoSchedule" }] } as const;
    await plane.setNodes("dev", [changed]);
    const [after, ...others] = await nodes();
    expect(others).toEqual([]);
    expect(after?.metadata?.uid).toBe(before?.metadata?.uid);
    expect(after?.metadata?.labels).toMatchObject({ tier: "web" });
    expect(after?.metadata?.labels).not.toHaveProperty("team");
    expect(after?.spec?.taints).toEqual([{ key: "a", value: "b", effect: "NoSchedule" }]);
  });

  test("too small for a workload: the report says why; the group is enlarged and it fits", async () => {
    await plane.setNodes("dev", [general]);
    await post("/apis/apps/v1/namespaces/default/deployments", deployment("web", 3, { cpu: "1500m", memory: "1Gi" }));
    const short = await eventually(
      async () => plane.capacity("dev"),
      ({ pending, runningPods }) => pending.length > 0 && runningPods === 2,
    );
    expect(short.pending).toEqual([
      { workload: "default/web (Deployment)", pods: 1, reason: expect.stringMatching(/0\/2 nodes are available: 2 Insufficient cpu/) },
    ]);
    expect(short.requested).toEqual({ milliCpu: 3000, memoryMiB: 2048, pods: 2 });

    await plane.setNodes("dev", [{ ...general, desired: 3 }]);
    const fits = await eventually(
      async () => plane.capacity("dev"),
      ({ pending, runningPods }) => pending.length === 0 && runningPods === 3,
    );
    expect(fits.requested.milliCpu).toBe(4500);

    await plane.setNodes("dev", [general]);
    await eventually(
      async () => plane.capacity("dev"),
      ({ pending }) => pending.length === 1,
    );
    await remove("/apis/apps/v1/namespaces/default/deployments/web");
  });

  test("of Fargate come and go with their pods; other pods stay on the group", async () => {
    await plane.setFargate("dev", [{ name: "batch", zones, selectors: [{ namespace: "default", labels: { run: "far*" } }] }]);
    const make = async (name: string, labels: Record<string, string>, resources: object) =>
      post("/api/v1/namespaces/default/pods", { ...pod(resources), apiVersion: "v1", kind: "Pod", metadata: { name, labels } });
    // An admission policy acts a moment after it was made; in EKS a profile takes a minute or two.
    await eventually(
      async () =>
        api.call<V1Pod>({
          method: "POST",
          path: "/api/v1/namespaces/default/pods?dryRun=All",
          body: { ...pod({}), metadata: { name: "probe", labels: { run: "far" } } },
        }),
      ({ spec }) => spec?.schedulerName === "fargate-scheduler",
    );
    await make("far", { run: "far-away" }, { cpu: "600m", memory: "1Gi" });
    await make("near", { run: "near" }, {});
    await make("giant", { run: "far" }, { cpu: "17", memory: "1Gi" });
    const placed = await eventually(
      async () => list<V1Pod>("/api/v1/namespaces/default/pods"),
      (pods) => pods.filter(({ status }) => status?.phase === "Running").length === 2,
    );
    const nodeOf = (name: string) => placed.find(({ metadata }) => metadata?.name === name)?.spec?.nodeName ?? "";
    const machine = await eventually(
      async () => get<V1Node>(`/api/v1/nodes/${nodeOf("far")}`),
      ({ spec }) => spec?.taints?.length === 1,
    );
    expect(machine).toMatchObject({
      metadata: { labels: { "eks.amazonaws.com/compute-type": "fargate" } },
      spec: { taints: [{ key: "eks.amazonaws.com/compute-type", value: "fargate", effect: "NoSchedule" }] },
      status: { allocatable: { cpu: "1", memory: "2Gi", pods: "1" } },
    });
    expect(nodeOf("near")).toMatch(/^ip-/);
    const report = await eventually(
      async () => plane.capacity("dev"),
      ({ pending }) => pending.length === 1,
    );
    expect(report.pending).toEqual([
      { workload: "default/giant (Pod)", pods: 1, reason: expect.stringContaining("largest Fargate configuration") },
    ]);

    for (const name of ["far", "near", "giant"]) await remove(`/api/v1/namespaces/default/pods/${name}`);
    const left = await eventually(nodes, (all) => all.length === 2);
    expect(left.filter(({ metadata }) => metadata?.labels?.["eks.amazonaws.com/compute-type"])).toEqual([]);
  });

  test("have volumes: a claim waits for its pod and gets its zone, shared ones bind at once, released ones go", async () => {
    const storageClass = (name: string, provisioner: string, volumeBindingMode: string) =>
      post("/apis/storage.k8s.io/v1/storageclasses", {
        metadata: { name },
        provisioner,
        volumeBindingMode,
        parameters: { fileSystemId: "fs-1" },
      });
    await storageClass("gp3", "ebs.csi.aws.com", "WaitForFirstConsumer");
    await storageClass("shared", "efs.csi.aws.com", "Immediate");
    const claim = async (name: string, storageClassName: string, mode: string) =>
      post("/api/v1/namespaces/default/persistentvolumeclaims", {
        metadata: { name },
        spec: { storageClassName, accessModes: [mode], resources: { requests: { storage: "5Gi" } } },
      });
    const bound = async (name: string) =>
      eventually(
        async () => get<V1PersistentVolumeClaim>(`/api/v1/namespaces/default/persistentvolumeclaims/${name}`),
        ({ status }) => status?.phase === "Bound",
      );
    await claim("data", "gp3", "ReadWriteOnce");
    await claim("old", "gp2", "ReadWriteOnce");
    await claim("files", "shared", "ReadWriteMany");
    await claim("impossible", "gp3", "ReadWriteMany");
    await bound("files");
    for (const name of ["data", "old", "impossible"]) {
      await post("/api/v1/namespaces/default/pods", { ...pod({}, name), metadata: { name } });
    }
    const { spec } = await bound("data");
    await bound("old");
    const running = await eventually(
      async () => get<V1Pod>("/api/v1/namespaces/default/pods/data"),
      ({ status }) => status?.phase === "Running",
    );
    const node = await get<V1Node>(`/api/v1/nodes/${running.spec?.nodeName}`);
    const volume = await get<V1PersistentVolume>(`/api/v1/persistentvolumes/${spec?.volumeName}`);
    expect(volume.spec?.nodeAffinity?.required?.nodeSelectorTerms[0]?.matchExpressions?.[0]?.values).toEqual([
      node.metadata?.labels?.["topology.kubernetes.io/zone"],
    ]);
    await eventually(
      async () => rehearsed.log,
      (log) => log.some((line) => /default\/impossible: EBS volumes are for one node/.test(line)),
    );

    for (const name of ["data", "old", "impossible"]) await remove(`/api/v1/namespaces/default/pods/${name}`);
    for (const name of ["data", "old", "files", "impossible"]) await remove(`/api/v1/namespaces/default/persistentvolumeclaims/${name}`);
    await eventually(
      async () => list("/api/v1/persistentvolumes"),
      (volumes) => volumes.length === 0,
    );
  });

  test("can be a hundred, within the memory that was promised", async () => {
    await plane.setNodes("dev", [{ ...general, desired: 100 }]);
    expect(await plane.capacity("dev")).toMatchObject({ nodes: 100, ready: 100 });
    const { controlPlane } = await plane.cluster("dev");
    const memory = [...(await controlPlane.pids()).values()].map(residentMiB);
    expect(memory).toHaveLength(5);
    expect(memory.reduce((one, other) => one + other)).toBeLessThan(1200);
  });
});

function residentMiB(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
}

/** A pod spec; `claim` is mounted. */
function pod(requests: object, claim?: string): { spec: object } {
  const volumes = claim ? [{ name: "data", persistentVolumeClaim: { claimName: claim } }] : [];
  const volumeMounts = claim ? [{ name: "data", mountPath: "/data" }] : [];
  return { spec: { containers: [{ name: "main", image: "registry.example.com/app:1", resources: { requests }, volumeMounts }], volumes } };
}

function deployment(name: string, replicas: number, requests: object): object {
  const labels = { app: name };
  return {
    metadata: { name },
    spec: { replicas, selector: { matchLabels: labels }, template: { metadata: { labels }, ...pod(requests) } },
  };
}
