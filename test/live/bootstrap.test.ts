/** `mainline bootstrap` as for a real account, against a kept rehearsal: running it again changes nothing, a cut-off run is repaired. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { contains, patience, processesOf, read, root, seesProcesses, start, until } from "./command.ts";
import { type KeptWorld, keepWorld } from "./kept-world.ts";

let world: KeptWorld;
let s3: S3Client;
const bucket = "mainline-dev-tfstate-111122223333-ap-northeast-2";
const state = { Bucket: bucket, Key: "dev/state.tfstate" };
const folder = join(root, ".mainline", "bootstrap", "dev");
const localState = join(folder, "bootstrap.tfstate");
/** What no state knows is taken over, in this order. */
const adoptable = ["aws_s3_bucket.storage_bucket", "aws_kms_alias.encryption_alias", "aws_kms_key.encryption_key"];

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

async function stateInBucket(): Promise<string> {
  const { Body } = await s3.send(new GetObjectCommand(state));
  return (await Body?.transformToString()) ?? "";
}

function managed(json: string): string[] {
  const { resources } = JSON.parse(json) as { resources: { mode: string; type: string; name: string }[] };
  return resources.filter(({ mode }) => mode === "managed").map(({ type, name }) => `${type}.${name}`);
}

/** What a killed Terraform wrote down; nothing where it was killed in the middle of writing. */
function written(): string[] {
  try {
    return managed(read(localState));
  } catch {
    return [];
  }
}

test(
  "a run that is killed in the middle of its apply is repaired by the next, from what its local state knows",
  async () => {
    const run = bootstrap();
    await until(() => contains(join(folder, "terraform.log"), "aws_s3_bucket_policy.storage_policy: Creation complete"));
    run.child.kill("SIGKILL");
    await run.ended;
    if (seesProcesses) await until(() => processesOf(folder).length === 0);
    const known = written();
    const { adopted } = await bootstrapped();
    expect(adopted).toEqual(adoptable.filter((address) => !known.includes(address)));
    expect(managed(await stateInBucket())).toHaveLength(9);
  },
  patience,
);

test(
  "running it again, even twice at once, changes nothing and leaves no local state",
  async () => {
    const nothing = { changes: 0, adopted: [] };
    expect(await Promise.all([bootstrapped(), bootstrapped()])).toMatchObject([nothing, nothing]);
    expect(readdirSync(folder).filter((name) => name.includes("tfstate"))).toEqual([]);
  },
  patience,
);

test(
  "a lost state is found again, also where half of a local one is left: bucket, key and alias are taken over",
  async () => {
    const whole = await stateInBucket();
    await s3.send(new DeleteObjectCommand(state));
    rmSync(folder, { recursive: true });
    mkdirSync(folder, { recursive: true });
    writeFileSync(localState, whole.slice(0, whole.length / 2));
    const { adopted } = await bootstrapped();
    expect(adopted).toEqual(adoptable);
    expect(managed(await stateInBucket())).toHaveLength(9);
    expect(readdirSync(folder).filter((name) => name.includes("tfstate"))).toEqual([]);
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket }));
    expect(Contents.map(({ Key }) => Key)).toEqual(["dev/state.tfstate"]);
  },
  patience,
);
