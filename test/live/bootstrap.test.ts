/** `mainline bootstrap` as for a real account, against a kept rehearsal: running it again changes nothing, a cut-off run is repaired. */
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { contains, patience, processesOf, root, seesProcesses, start, until } from "./command.ts";
import { type KeptWorld, keepWorld } from "./kept-world.ts";

let world: KeptWorld;
let s3: S3Client;
const bucket = "mainline-dev-tfstate-111122223333-ap-northeast-2";
const state = { Bucket: bucket, Key: "dev/state.tfstate" };
const folder = join(root, ".mainline", "bootstrap", "dev");

beforeAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  world = await keepWorld("dev");
  const credentials = { accessKeyId: "rehearsal", secretAccessKey: "rehearsal" };
  s3 = new S3Client({ endpoint: world.url, region: "ap-northeast-2", credentials, forcePathStyle: true });
}, patience);

afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

function bootstrap() {
  return start(process.execPath, ["cli/mainline.js", "bootstrap", "dev", "--json"], world.env);
}

async function bootstrapped() {
  const { code, out, err } = await bootstrap().ended;
  if (code !== 0) throw new Error(err);
  return JSON.parse(out) as { changes: number; adopted: string[] };
}

async function resourcesInBucket(): Promise<number> {
  const { Body } = await s3.send(new GetObjectCommand(state));
  const { resources } = JSON.parse((await Body?.transformToString()) ?? "{}") as { resources: { mode: string }[] };
  return resources.filter(({ mode }) => mode === "managed").length;
}

test(
  "a run that is killed in the middle of its apply is repaired by the next, from its own local state",
  async () => {
    const run = bootstrap();
    await until(() => contains(join(folder, "terraform.log"), "aws_s3_bucket_policy.storage_policy: Creation complete"));
    run.child.kill("SIGKILL");
    await run.ended;
    if (seesProcesses) await until(() => processesOf(folder).length === 0);
    const { adopted } = await bootstrapped();
    expect(adopted).toEqual([]);
    expect(await resourcesInBucket()).toBe(9);
  },
  patience,
);

test(
  "running it again changes nothing and leaves no local state",
  async () => {
    expect(await bootstrapped()).toMatchObject({ changes: 0, adopted: [] });
    expect(readdirSync(folder).filter((name) => name.includes("tfstate"))).toEqual([]);
  },
  patience,
);

test(
  "a lost state is found again: bucket, key and alias are taken over",
  async () => {
    await s3.send(new DeleteObjectCommand(state));
    rmSync(folder, { recursive: true });
    const { adopted } = await bootstrapped();
    expect(adopted.map((address) => address.split(".")[0]).sort()).toEqual(["aws_kms_alias", "aws_kms_key", "aws_s3_bucket"]);
    expect(await resourcesInBucket()).toBe(9);
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket }));
    expect(Contents.map(({ Key }) => Key)).toEqual(["dev/state.tfstate"]);
  },
  patience,
);
