/** An emulated EKS with nothing real around it, and the real AWS client in front. */
import { CreateClusterCommand, type CreateClusterCommandInput, EKSClient } from "@aws-sdk/client-eks";
import type { AccessEntry, DataPlane, FargateProfile, NodePool } from "../../../rehearsal/eks/data-plane.ts";
import { detachedDataPlane } from "../../../rehearsal/eks/detached.ts";
import { createEksService, type EksService } from "../../../rehearsal/eks/service.ts";

import { type FakeAws, fakeAws } from "./fake-aws.ts";
import { type ManualScheduler, manualScheduler } from "./manual-scheduler.ts";
import { transport } from "./transport.ts";

export const account = "111122223333";
export const region = "ap-northeast-2";
export const role = (name: string) => `arn:aws:iam::${account}:role/${name}`;

/** What the data plane was told last. */
export interface Told {
  readonly started: string[];
  readonly stopped: string[];
  access: readonly AccessEntry[];
  nodes: readonly NodePool[];
  fargate: readonly FargateProfile[];
  addons: readonly string[];
}

export interface World {
  readonly eks: EKSClient;
  readonly service: EksService;
  readonly aws: FakeAws;
  readonly time: ManualScheduler;
  readonly told: Told;
  /** Makes a cluster and waits until it is active. */
  cluster(change?: Partial<CreateClusterCommandInput>): Promise<void>;
}

export const demo: CreateClusterCommandInput = {
  name: "demo",
  version: "1.34",
  roleArn: role("cluster"),
  resourcesVpcConfig: { subnetIds: ["subnet-a", "subnet-b"] },
  accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
};

/** @param change replaces calls of the data plane, for example to let `start` fail. */
export function world(change: Partial<DataPlane> = {}): World {
  const told: Told = { started: [], stopped: [], access: [], nodes: [], fargate: [], addons: [] };
  const detached = detachedDataPlane();
  const dataPlane: DataPlane = {
    ...detached,
    async start(cluster) {
      told.started.push(`${cluster.name} ${cluster.version}`);
      return detached.start(cluster);
    },
    async stop(name) {
      told.stopped.push(name);
    },
    async setAccess(_name, entries) {
      told.access = entries;
    },
    async setNodes(_name, pools) {
      told.nodes = pools;
    },
    async setFargate(_name, profiles) {
      told.fargate = profiles;
    },
    async setAddons(_name, names) {
      told.addons = names;
    },
    ...change,
  };
  const aws = fakeAws();
  const time = manualScheduler();
  const delays = { create: 1_000, update: 1_000, delete: 1_000, patience: 10_000, retry: 1_000, hold: 0 };
  const service = createEksService({ account, dataPlane, upstream: aws.answer, scheduler: time, delays, salt: "test" });
  const eks = new EKSClient({
    region,
    credentials: { accessKeyId: "AKIA", secretAccessKey: "x" },
    maxAttempts: 1,
    requestHandler: transport((request) => service.handle(request), { service: "eks", region, accessKeyId: "AKIA" }),
  });
  return {
    eks,
    service,
    aws,
    time,
    told,
    async cluster(change = {}) {
      await eks.send(new CreateClusterCommand({ ...demo, ...change }));
      await time.advance(1_000);
    },
  };
}
