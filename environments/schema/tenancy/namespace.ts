/** One namespace of a team: how much it may take, and what its pods must be like. */
import { z } from "zod";
import { namespaceName, roleName, whole } from "../forms.ts";

const cpus = z.number().min(0.1).max(10_000).multipleOf(0.1).meta({ form: "a number of CPUs from 0.1 to 10000, in tenths" });

const quota = z.strictObject({
  // Two small services with two replicas; whoever needs more says so, and the review shows it.
  cpu: cpus.default(2).describe("CPUs that all its pods together may request"),
  memoryGiB: whole("GiB", 1, 100_000).default(4).describe("Memory that all its pods together may request, GiB"),
  memoryLimitGiB: whole("GiB", 1, 200_000).optional().describe("Sum of their memory limits, GiB; absent: twice `memoryGiB`"),
  gpus: whole("GPUs", 0, 1000).default(0).describe("NVIDIA GPUs that they may request"),
  pods: whole("pods", 1, 10_000).default(30).describe("Pods that are not finished"),
  storageGiB: whole("GiB", 0, 1_000_000).default(50).describe("Size of all volume claims together, GiB"),
  volumes: whole("volume claims", 0, 10_000).default(10).describe("Volume claims"),
  // A load balancer per Service costs 20 USD a month and has an address of its own; an Ingress shares one.
  loadBalancers: whole("Services", 0, 100).default(0).describe("Services of type LoadBalancer; Ingresses need none"),
  // Without a group each is a load balancer, and a region has 50 of them (Elastic Load Balancing quotas), for all teams.
  ingresses: whole("Ingresses", 0, 1000).default(10).describe("Ingresses; those of one group share a load balancer"),
});

const container = z.strictObject({
  cpuMilli: whole("millicores", 1, 64_000).default(100).describe("CPU request of a container that states none, millicores"),
  memoryMiB: whole("MiB", 4, 1_000_000).default(128).describe("Memory request of a container that states none, MiB"),
  memoryLimitMiB: whole("MiB", 4, 1_000_000).default(256).describe("Memory limit of a container that states none, MiB"),
  maxMemoryMiB: whole("MiB", 4, 1_000_000).default(2048).describe("Largest memory limit of one container, MiB"),
});

export const namespace = z.strictObject({
  // `privileged` is for agents of nodes, which add-ons are.
  podSecurity: z.enum(["restricted", "baseline"]).default("restricted").describe("Pod Security Standard that its pods must satisfy"),
  because: z.string().min(20).optional().describe("Why it is not `restricted`"),
  quota: quota.prefault({}).describe("What it may take of the cluster"),
  // The chart needs no annotation: EKS finds the role by namespace and account.
  accounts: z
    .record(
      namespaceName,
      roleName.describe("An IAM role of this account, `<project>-<environment>-<more>`, which trusts pods of this namespace"),
    )
    .default({})
    .describe("AWS rights of pods (EKS pod identity), by service account; that of the golden path has the name of the service"),
  container: container.prefault({}).describe("Defaults and bounds of one container"),
  maxVolumeGiB: whole("GiB", 1, 16_384).default(50).describe("Largest single volume claim, GiB"),
});
