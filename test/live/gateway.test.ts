/** Every correction under the real Terraform and its AWS provider: applies, plans empty, is destroyed. */
import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  DeleteObjectCommand,
  GetBucketPolicyCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { corrections } from "../../rehearsal/corrections/index.ts";
import { type Emulator, startEmulator } from "../../rehearsal/emulator/emulator.ts";
import { findPython } from "../../rehearsal/emulator/interpreter.ts";
import { preparePython } from "../../rehearsal/emulator/python.ts";
import { forwardTo } from "../../rehearsal/gateway/forward.ts";
import { awsEndpoint, type Gateway, startGateway } from "../../rehearsal/gateway/gateway.ts";
import { findTerraform } from "../../rehearsal/terraform/binary.ts";
import { rehearsalEnvironment } from "../../rehearsal/terraform/child-environment.ts";
import { providerSource } from "../../rehearsal/terraform/cli-config.ts";
import { apply, destroy, init, plan } from "../../rehearsal/terraform/commands.ts";
import type { Runner } from "../../rehearsal/terraform/runner.ts";

jest.setTimeout(300_000);

const bucket = "mainline-dev-tfstate-111122223333-ap-northeast-2";
const region = "ap-northeast-2";
const cache = join(import.meta.dirname, "../../.cache");
let root: string;
let emulator: Emulator;
let gateway: Gateway;
const lines: string[] = [];
let runner: Runner;
let s3: S3Client;

/** Why this cannot be tried here, in the words of what looked for it. */
const missing = await Promise.all([findTerraform({ path: process.env.PATH ?? "" }), findPython()]).then(
  () => undefined,
  ({ message }: Error) => message.split("\n")[0],
);
const live = missing ? test.skip : test;

/** A working folder with one of the configurations beside this file. */
async function working(name: "states" | "everything"): Promise<string> {
  const folder = join(root, name);
  await mkdir(folder, { recursive: true });
  await cp(join(import.meta.dirname, "gateway", `${name}.tf`), join(folder, "main.tf"));
  await init(runner, folder);
  return folder;
}

beforeAll(async () => {
  if (missing) return;
  root = await mkdtemp(join(tmpdir(), "gateway-"));
  const { motoServer } = await preparePython({ cache, report: () => {} });
  emulator = await startEmulator({ motoServer, account: "111122223333", logFile: join(root, "moto.log") });
  const upstream = forwardTo(emulator.url, corrections());
  gateway = await startGateway({ upstream, services: [], log: (line) => lines.push(line) });
  const user = process.env;
  const terraform = await findTerraform({ path: user.PATH ?? "" });
  const { variables } = await providerSource(terraform, { user, cache, folder: root });
  const never = new AbortController().signal;
  const env = rehearsalEnvironment(user, { region, endpoint: awsEndpoint, proxy: gateway.url }, variables);
  const files = { logFile: join(root, "terraform.log"), initLock: join(root, "init.lock") };
  runner = { terraform, env, signal: never, hard: never, graceMs: 10_000, parallelism: 20, ...files };
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  s3 = new S3Client({ endpoint: gateway.url, region, credentials, forcePathStyle: true });
});

afterAll(async () => {
  if (missing) return;
  await gateway.close();
  await emulator.stop();
  await rm(root, { recursive: true, force: true });
});

live(`everything applies with its state in the bucket, plans empty and is destroyed${missing ? `: ${missing}` : ""}`, async () => {
  const states = await working("states");
  await apply(runner, states);
  expect(await plan(runner, states)).toEqual({ changes: [], text: "" });

  const everything = await working("everything");
  await apply(runner, everything);
  expect(await plan(runner, everything)).toEqual({ changes: [], text: "" });

  // GIVEN a backend that names the key by its alias WHEN the state is looked at THEN it is encrypted with that key
  const state = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: "dev/network.tfstate" }));
  expect([state.ServerSideEncryption, state.SSEKMSKeyId]).toEqual(["aws:kms", expect.stringMatching(/:(key|alias)\//)]);
  // GIVEN a TLS-only policy that would deny all of this over HTTP THEN it is read back whole
  const { Policy } = await s3.send(new GetBucketPolicyCommand({ Bucket: bucket }));
  expect(Policy).toContain("aws:SecureTransport");
  // GIVEN a lock that is held WHEN another takes it THEN S3 refuses
  const lock = () => s3.send(new PutObjectCommand({ Bucket: bucket, Key: "dev/network.tfstate.tflock", Body: "x", IfNoneMatch: "*" }));
  await lock();
  await expect(lock()).rejects.toMatchObject({ $metadata: { httpStatusCode: 412 } });

  await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: "dev/network.tfstate.tflock" }));

  await destroy(runner, everything);
  // Holds versions of the state and delete markers of its locks; force_destroy empties it.
  await destroy(runner, states);
  await expect(s3.send(new HeadBucketCommand({ Bucket: bucket }))).rejects.toMatchObject({ name: "NotFound" });
  expect(lines.filter((line) => /^50\d /.test(line))).toEqual([]);
});
