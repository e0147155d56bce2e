import { expect, test } from "@jest/globals";
import { namedRoles } from "../../../rehearsal/prerequisites.ts";
import { cutUnsupported } from "../../../rehearsal/run/cut.ts";
import { deployerRole } from "../../../rehearsal/run/deployer.ts";
import { facts } from "../../../rehearsal/run/facts.ts";
import { environmentScript } from "../../../rehearsal/run/kept.ts";
import { release } from "../../../rehearsal/run/release.ts";
import { inOrder, withNeeds } from "../../../rehearsal/run/stacks.ts";
import { describe as progress } from "../../../rehearsal/run/up.ts";
import { downwards, limited, upwards } from "../../../rehearsal/run/waves.ts";

const stacks = [
  { id: "cluster", needs: ["state", "network"] },
  { id: "network", needs: ["state"] },
  { id: "state", needs: [] },
  { id: "ci", needs: ["state"] },
];

test("producers come before consumers", () => {
  expect(inOrder(stacks).map(({ id }) => id)).toEqual(["state", "network", "cluster", "ci"]);
});

test.each([
  ["state", ["state"]],
  ["cluster", ["state", "network", "cluster"]],
  ["ci", ["state", "ci"]],
])("--only %s takes what it needs along", (id, expected) => {
  expect(withNeeds(inOrder(stacks), id).map((stack) => stack.id)).toEqual(expected);
});

/** A Terraform expression. */
const expression = (path: string) => `\${${path}}`;

/** Records what begins and ends, one turn of the event loop per piece of work. */
function recorder() {
  const log: string[] = [];
  const work = async ({ id }: { readonly id: string }) => {
    log.push(`+${id}`);
    await new Promise(setImmediate);
    log.push(`-${id}`);
  };
  return { log, work };
}

test("applies begin as soon as what they need is there, side by side where nothing lies between", async () => {
  const { log, work } = recorder();
  await upwards(stacks, work);
  expect(log.slice(0, 5)).toEqual(["+state", "-state", "+network", "+ci", "-network"]);
  expect(log.indexOf("+cluster")).toBeGreaterThan(log.indexOf("-network"));
});

test("destroys go the other way", async () => {
  const { log, work } = recorder();
  await downwards(stacks, work);
  expect(log.filter((entry) => entry.startsWith("-"))).toEqual(["-cluster", "-ci", "-network", "-state"]);
});

test("a failure stops what needs it, and what was under way is waited for", async () => {
  const ended: string[] = [];
  const work = async ({ id }: { readonly id: string }) => {
    if (id === "network") throw new Error("no network");
    await new Promise(setImmediate);
    ended.push(id);
  };
  await expect(upwards(stacks, work)).rejects.toThrow("no network");
  expect(ended).toEqual(["state", "ci"]);
});

test("never more at once than allowed", async () => {
  let now = 0;
  let most = 0;
  await limited([1, 2, 3, 4, 5], 2, async () => {
    most = Math.max(most, ++now);
    await new Promise(setImmediate);
    now -= 1;
  });
  expect({ now, most }).toEqual({ now: 0, most: 2 });
});

test.each([
  ["nothing is guarded", { aws_vpc: { main: {} } }, {}, false],
  [
    "a guard of Terraform's alone",
    { aws_vpc: { main: { lifecycle: { prevent_destroy: true } } } },
    { aws_vpc: { main: { lifecycle: { prevent_destroy: false } } } },
    false,
  ],
  ["a bucket that may have content", { aws_s3_bucket: { logs: {} } }, { aws_s3_bucket: { logs: { force_destroy: true } } }, true],
  ["a bucket that lets go by itself", { aws_s3_bucket: { logs: { force_destroy: true } } }, {}, false],
  ["a guard that older providers do not know, not set", { aws_eks_cluster: { main: {} } }, {}, false],
  [
    "the same, set",
    { aws_eks_cluster: { main: { deletion_protection: true } } },
    { aws_eks_cluster: { main: { deletion_protection: false } } },
    true,
  ],
])("what is let go before a destroy: %s", (_, resources, override, needsApply) => {
  expect(release(resources)).toEqual({ override: { resource: override }, needsApply });
});

test("what the emulator lacks is cut with all that hangs on it, and nothing else", () => {
  const json = {
    resource: {
      aws_vpc_ipam: { main: {} },
      aws_vpc_ipam_pool: { pool: { ipam: expression("aws_vpc_ipam.main.id") } },
      aws_vpc: {
        pooled: { pool: expression("aws_vpc_ipam_pool.pool.id") },
        main: { cidr: "10.0.0.0/16" },
        "main-2": { note: "aws_vpc_ipam.mainly" },
      },
    },
    data: { aws_vpc: { pooled: { id: expression("aws_vpc.pooled.id") } } },
    output: { pooled: { value: expression("aws_vpc.pooled.id") }, main: { value: expression("aws_vpc.main.id") } },
  };
  expect(cutUnsupported(json, { aws_vpc_ipam: "no IPAM" })).toEqual({
    json: {
      resource: { aws_vpc: { main: { cidr: "10.0.0.0/16" }, "main-2": { note: "aws_vpc_ipam.mainly" } } },
      data: {},
      output: { main: { value: expression("aws_vpc.main.id") } },
    },
    cut: [
      { address: "aws_vpc_ipam.main", reason: "no IPAM" },
      { address: "aws_vpc_ipam_pool.pool", reason: "needs aws_vpc_ipam.main" },
      { address: "aws_vpc.pooled", reason: "needs aws_vpc_ipam_pool.pool" },
    ],
  });
});

test("where nothing has to go, the JSON is the same object", () => {
  const json = { resource: { aws_vpc: { main: {} } } };
  expect(cutUnsupported(json, { aws_vpc_ipam: "no IPAM" }).json).toBe(json);
});

test.each([
  [{ aws_vpc: { main: {} } }, "1 resource"],
  [
    {
      aws_eks_cluster: { main: { version: "1.35" } },
      aws_eks_node_group: { a: { scaling_config: { desired_size: 3 } }, b: { scaling_config: [{ desired_size: 2 }] } },
    },
    "3 resources, Kubernetes 1.35, 5 nodes",
  ],
])("a stack's line says what it is: %j", (resource, expected) => expect(facts({ resource })).toBe(expected));

test.each([
  [{ done: 0, total: 0, current: [] }, "plan"],
  [{ done: 3, total: 9, current: ["aws_vpc.main"] }, "3 of 9  aws_vpc.main"],
  [{ done: 3, total: 9, current: ["aws_vpc.main", "aws_eip.a", "aws_eip.b"] }, "3 of 9  aws_vpc.main and 2 others"],
])("progress %j reads %j", (now, expected) => expect(progress(now)).toBe(expected));

test("roles that the environment names, of its own account only, each once", () => {
  const role = (name: string, account = "111122223333") => ({ role: `arn:aws:iam::${account}:role/${name}` });
  const environment = {
    account: "111122223333",
    cluster: { access: { devops: role("team/devops"), qa: role("qa"), guest: role("guest", "999999999999") } },
    protection: { deletionRole: role("qa").role },
  };
  expect(namedRoles(environment as never)).toEqual([
    { path: "/team/", name: "devops" },
    { path: "/", name: "qa" },
  ]);
});

const access = (...entries: readonly [policy: string, account?: string, namespaces?: readonly string[]][]) => ({
  account: "111122223333",
  cluster: {
    access: Object.fromEntries(
      entries.map(([policy, account = "111122223333", namespaces = []], index) => [
        `entry${index}`,
        { role: `arn:aws:iam::${account}:role/${policy}-${index}`, policy, namespaces },
      ]),
    ),
  },
});

test.each([
  ["the first administrator of the whole cluster", access(["edit"], ["cluster-admin"], ["cluster-admin"]), "cluster-admin-1"],
  ["not one of another account", access(["cluster-admin", "999999999999"], ["cluster-admin"]), "cluster-admin-1"],
  ["not one of some namespaces", access(["cluster-admin", undefined, ["apps"]]), undefined],
  ["nobody where there is no cluster", { account: "111122223333" }, undefined],
])("who applies: %s", (_, environment, expected) => {
  expect(
    deployerRole(environment as never)
      ?.split("/")
      .at(-1),
  ).toBe(expected);
});

test("the shell file quotes values and unsets what would lead elsewhere", () => {
  const script = environmentScript({ AWS_ENDPOINT_URL: "http://aws.rehearsal.invalid", HTTP_PROXY: "http://it's" });
  expect(script).toMatch(/^unset AWS_PROFILE .*AWS_SESSION_TOKEN AWS_CA_BUNDLE .*NO_PROXY no_proxy\n/);
  expect(script).toContain("export HTTP_PROXY='http://it'\\''s'\n");
});
