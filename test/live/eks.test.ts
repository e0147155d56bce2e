/** The emulated EKS under the real Terraform and its AWS provider: everything applies, plans empty, changes in place, and goes. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { startWorld, type World } from "../../rehearsal/run/world.ts";
import { findTerraform } from "../../rehearsal/terraform/binary.ts";
import { rehearsalEnvironment } from "../../rehearsal/terraform/child-environment.ts";
import { providerSource } from "../../rehearsal/terraform/cli-config.ts";
import { apply, destroy, init, plan } from "../../rehearsal/terraform/commands.ts";
import { type Runner, runTerraform } from "../../rehearsal/terraform/runner.ts";
import { configuration, type Wanted, wanted } from "./eks-config.ts";

jest.setTimeout(300_000);

const cache = join(import.meta.dirname, "../../.cache");
let folder: string;
let world: World;
let runner: Runner;

const write = (want: Wanted, edit = (json: ReturnType<typeof configuration>): object => json) =>
  writeFile(join(folder, "main.tf.json"), JSON.stringify(edit(configuration(want))));
const summary = (changes: readonly { address: string; action: string }[]) =>
  changes.map(({ address, action }) => `${action} ${address}`).sort();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "eks-"));
  world = await startWorld({ folder, cache, account: "111122223333", region: "ap-northeast-2", user: {} }, () => {});
  const user = process.env;
  const terraform = await findTerraform({ path: user.PATH ?? "" });
  const { variables } = await providerSource(terraform, { user, cache, folder });
  const never = new AbortController().signal;
  runner = {
    terraform,
    env: rehearsalEnvironment(user, world.target, variables),
    signal: never,
    hard: never,
    graceMs: 10_000,
    logFile: join(folder, "terraform.log"),
    parallelism: 20,
    initLock: join(folder, "init.lock"),
  };
  await write(wanted);
  await init(runner, folder);
});

afterAll(async () => {
  await world?.close();
  await rm(folder, { recursive: true, force: true });
});

test("one of everything applies, and the second plan is empty", async () => {
  const { done } = await apply(runner, folder);
  expect(done).toBe(26);
  expect(await plan(runner, folder)).toEqual({ changes: [], text: "" });
  const { text } = await runTerraform(runner, folder, ["output", "-json"]);
  expect(JSON.parse(text)).toMatchObject({
    endpoint: { value: expect.stringMatching(/^https:\/\/[0-9A-F]{32}\.gr7\.ap-northeast-2\.eks\.amazonaws\.com$/) },
    versions: { value: expect.arrayContaining(["1.34", "1.35"]) },
    group: { value: expect.stringMatching(/^eks-cluster-sg-demo-\d+$/) },
  });
});

let now = wanted;

test.each<[string, Partial<Wanted>, string[]]>([
  [
    "settings of every kind",
    {
      desired: 3,
      publicFrom: ["203.0.113.0/25", "198.51.100.0/24"],
      logs: ["audit", "authenticator", "scheduler"],
      coredns: "v1.12.4-eksbuild.40",
      prefixes: false,
      webRole: "pods2",
      groups: ["developers", "readers"],
    },
    [
      "update aws_eks_access_entry.developer",
      "update aws_eks_addon.cni",
      "update aws_eks_addon.coredns",
      "update aws_eks_cluster.demo",
      "update aws_eks_node_group.general",
      "update aws_eks_pod_identity_association.web",
    ],
  ],
  [
    "tags, labels, taints, no public endpoint; a scope, which the provider cannot change in place",
    { owner: "someone", publicFrom: [], namespaces: ["apps"] },
    [
      "replace aws_eks_access_policy_association.developer",
      "update aws_eks_addon.coredns",
      "update aws_eks_cluster.demo",
      "update aws_eks_node_group.general",
    ],
  ],
  ["the Kubernetes version", { version: "1.35" }, ["update aws_eks_cluster.demo", "update aws_eks_node_group.general"]],
])("%s: planned, applied, and the plan after it is empty", async (_what, change, planned) => {
  now = { ...now, ...change };
  await write(now);
  expect(summary((await apply(runner, folder)).changes)).toEqual(planned);
  expect(await plan(runner, folder)).toEqual({ changes: [], text: "" });
});

test.each<[string, (json: ReturnType<typeof configuration>) => object, RegExp]>([
  [
    "two minors at once",
    (json) => ({
      ...json,
      resource: { ...json.resource, aws_eks_cluster: { demo: { ...json.resource.aws_eks_cluster.demo, version: "1.37" } } },
    }),
    /InvalidParameterException: Unsupported Kubernetes minor version update from 1\.35 to 1\.37/,
  ],
  [
    "a second entry for a principal",
    (json) => ({
      ...json,
      resource: {
        ...json.resource,
        aws_eks_access_entry: { ...json.resource.aws_eks_access_entry, twice: json.resource.aws_eks_access_entry.developer },
      },
    }),
    /ResourceInUseException: The specified access entry resource is already in use on this cluster/,
  ],
])("%s: told as EKS tells it", async (_what, edit, message) => {
  await write(now, edit);
  await expect(apply(runner, folder)).rejects.toThrow(message);
});

test("everything is destroyed", async () => {
  const { done } = await destroy(runner, folder);
  expect(done).toBe(26);
});
