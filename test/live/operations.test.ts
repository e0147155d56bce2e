/**
 * A change from its pull request to its end, as a real account sees it, against an emulated AWS: what it affects, its plan, the apply of
 * exactly that plan, a second plan, drift, and the destroy with what controllers left.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  AuthorizeSecurityGroupIngressCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import { CreateBucketCommand, DeleteObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { execa } from "execa";
import { type Checkout, canCheckOut, checkout } from "./checkout.ts";
import { patience } from "./command.ts";
import { type KeptWorld, keepWorld } from "./kept-world.ts";
import { type Behind, behind } from "./left-behind.ts";

const can = canCheckOut();
const region = "ap-northeast-2";
const bucket = "mainline-dev-tfstate-111122223333-ap-northeast-2";

(can ? describe : describe.skip)(`a change of dev-network${can ? "" : " (skipped: this is no git checkout)"}`, () => {
  let world: KeptWorld;
  let copy: Checkout;
  let ec2: EC2Client;
  let s3: S3Client;
  let left: Behind;

  beforeAll(async () => {
    copy = checkout();
    world = await keepWorld("dev");
    left = behind(world.url, region);
    const client = { endpoint: world.url, region, credentials: { accessKeyId: "rehearsal", secretAccessKey: "rehearsal" } };
    [ec2, s3] = [new EC2Client(client), new S3Client({ ...client, forcePathStyle: true })];
    // What `bootstrap` does takes a minute and has tests of its own.
    await s3.send(new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration: { LocationConstraint: region } }));
  }, patience);

  afterAll(async () => {
    left?.close();
    for (const client of [ec2, s3]) client?.destroy();
    await world?.close();
    copy?.remove();
  }, patience);

  /** Runs a command that prints JSON. */
  const mainline = async (...args: readonly string[]) => {
    const { code, out, err } = await copy.mainline(world.env, ...args, "--json").ended;
    if (out === "") throw new Error(err);
    return { code, ...JSON.parse(out) };
  };
  const outcomes = ({ code, stacks }: { code: number; stacks: { id: string; outcome: string; because?: string }[] }) => ({
    code,
    stacks: stacks
      .filter(({ outcome }) => outcome !== "not affected")
      .map(({ id, outcome, because = "" }) => `${id} ${outcome} ${because}`.trim()),
  });
  /** Applies exactly what was planned. */
  const apply = () =>
    execa(
      "terraform",
      [`-chdir=${join(copy.path, ".cache/work/dev-network")}`, "apply", "-no-color", join(copy.path, ".cache/plans/dev-network.tfplan")],
      { env: world.env, extendEnv: false },
    );

  test(
    "before anything is applied: a plan of the network, and the cluster waits for it; the plan is applied as it is",
    async () => {
      const set = await mainline("plan", "dev-cluster", "dev-network");
      expect(outcomes(set)).toEqual({ code: 2, stacks: ["dev-network planned", "dev-cluster deferred waits for dev-network"] });
      await apply();
    },
    patience,
  );

  test(
    "right after an apply nothing has drifted, whatever AWS filled in by itself",
    async () =>
      expect(await mainline("drift", "dev-network")).toMatchObject({
        code: 0,
        drifted: [],
        stacks: [{ id: "dev-network", outcome: "planned" }],
      }),
    patience,
  );

  test(
    "a change in the working tree affects its stack alone, in its environment; its plan is applied, and the next one is empty",
    async () => {
      const file = join(copy.path, "environments/dev.ts");
      const before = readFileSync(file, "utf8");
      writeFileSync(file, before.replace("offices: {", 'offices: { busan: ["198.51.100.0/24"],'));
      const { code, affected } = await mainline("affected", "--base", "HEAD");
      expect({ code, affected }).toMatchObject({ code: 2, affected: [{ id: "dev-network", change: "changed" }] });

      const set = await mainline("plan", "--affected", "--base", "HEAD");
      expect(outcomes(set)).toEqual({ code: 2, stacks: ["dev-network planned"] });
      const [network] = set.stacks;
      expect(network).toMatchObject({
        change: "changed",
        commit: copy.git("rev-parse", "HEAD"),
        dirty: true,
        stateSerial: expect.any(Number),
        counts: { replace: 0, delete: 0 },
      });
      await apply();
      expect(outcomes(await mainline("plan", "dev-network"))).toEqual({ code: 0, stacks: ["dev-network planned"] });
    },
    patience,
  );

  test(
    "what somebody opened in the console is drift, first of all, with what it means",
    async () => {
      const { SecurityGroups: [data] = [] } = await ec2.send(
        new DescribeSecurityGroupsCommand({ Filters: [{ Name: "group-name", Values: ["mainline-dev-data"] }] }),
      );
      await ec2.send(
        new AuthorizeSecurityGroupIngressCommand({
          GroupId: data?.GroupId,
          IpProtocol: "tcp",
          FromPort: 22,
          ToPort: 22,
          CidrIp: "0.0.0.0/0",
        }),
      );
      const slack = join(copy.path, ".cache/slack.json");
      const { code, drifted, review } = await mainline("drift", "dev-network", "--slack", slack);
      expect({ code, drifted }).toMatchObject({
        code: 2,
        drifted: [{ rank: 0, stack: "dev-network", address: "aws_security_group.groups_data", because: "what is reachable" }],
      });
      expect(review.findings.map(({ rule }: { rule: string }) => rule)).toContain("network-exposed");
      expect(readFileSync(slack, "utf8")).toContain("aws_security_group.groups_data");
    },
    patience,
  );

  test(
    "a lock is told with who holds it",
    async () => {
      const lock = { Bucket: bucket, Key: "dev/network.tfstate.tflock" };
      const holder = {
        ID: "0f0f0f0f-0000-1111-2222-333333333333",
        Operation: "OperationTypeApply",
        Who: "kim@laptop",
        Version: "1.11.4",
        Created: "2026-11-21T00:00:00Z",
        Path: `${bucket}/dev/network.tfstate`,
      };
      await s3.send(new PutObjectCommand({ ...lock, Body: JSON.stringify(holder) }));
      const { code, stacks } = await mainline("plan", "dev-network");
      await s3.send(new DeleteObjectCommand(lock));
      expect({ code, stacks }).toMatchObject({
        code: 1,
        stacks: [{ outcome: "failed", because: expect.stringMatching(/^kim@laptop holds the lock .*force-unlock 0f0f0f0f/s) }],
      });
      expect(existsSync(join(copy.path, ".cache/plans/dev-network.tfplan"))).toBe(false);
    },
    patience,
  );

  test(
    "a destroy finds what controllers left, deletes nothing before the answer, and then all of it",
    async () => {
      await left.leave();
      const wrong = await copy.mainline(world.env, "destroy", "dev-network", "--confirm", "prod").ended;
      expect(wrong).toMatchObject({ code: 64, err: expect.stringContaining('"prod" is not dev. Nothing was changed.') });
      expect(await left.found()).toEqual([
        ...["k8s-shop-web", "k8s-shop-web-1", "k8s-traffic-dev", "8", "a0123456789", "8 kept"],
        ...["other.dev.example.com. A", "web.dev.example.com. A", "external-dns-a.web.dev.example.com. TXT"],
      ]);

      const { code, outcome, leftOvers } = await mainline("destroy", "dev-network", "--confirm", "dev");
      expect({ code, outcome, kinds: leftOvers.map(({ kind }: { kind: string }) => kind).sort() }).toEqual({
        ...{ code: 0, outcome: "destroyed" },
        kinds: ["DNS record", "classic load balancer", "load balancer", "security group", "snapshot", "target group", "volume"],
      });
      // A snapshot may be the last copy of its data; a record without external-dns's mark is somebody's.
      expect(await left.found()).toEqual(["8 kept", "other.dev.example.com. A"]);
      const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({ Filters: [{ Name: "tag:environment", Values: ["dev"] }] }));
      expect(Subnets).toEqual([]);
    },
    patience,
  );
});
