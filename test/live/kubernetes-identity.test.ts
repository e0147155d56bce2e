/** The whole way of a person: credentials from the emulated STS and IAM, `aws eks get-token`, the real API. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CreateAccessKeyCommand, CreateRoleCommand, CreateUserCommand, DeleteAccessKeyCommand, IAMClient } from "@aws-sdk/client-iam";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { type Emulator, startEmulator } from "../../rehearsal/emulator/emulator.ts";
import { preparePython } from "../../rehearsal/emulator/python.ts";
import { forwardTo } from "../../rehearsal/gateway/forward.ts";
import { type Gateway, startGateway } from "../../rehearsal/gateway/gateway.ts";
import { type CredentialLedger, credentialLedger, observeCredentials } from "../../rehearsal/identity/credentials.ts";
import { KubernetesError } from "../../rehearsal/kubernetes/api.ts";
import { withKubernetes } from "./kubernetes-describe.ts";
import { account, as, identity, type Rehearsed, roleEntry, startPlane, token } from "./kubernetes-setup.ts";

// The first run installs moto.
jest.setTimeout(180_000);

const region = "ap-northeast-2";
const trust = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" }] });

withKubernetes("credentials of the emulated AWS", () => {
  let folder: string;
  let emulator: Emulator;
  let gateway: Gateway;
  let rehearsed: Rehearsed;
  let ledger: CredentialLedger;
  const own = { accessKeyId: "AKIAREHEARSAL", secretAccessKey: "own" };
  const client = () => ({ region, endpoint: gateway.url, credentials: own });

  const podsAs = async (bearer: string): Promise<number> => {
    const api = await as(rehearsed.plane, "dev", bearer);
    const answer = await api.call({ method: "GET", path: "/api/v1/pods" }).catch((error: unknown) => error);
    api.close();
    return answer instanceof KubernetesError ? answer.status : 200;
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "mainline-identity-"));
    const { motoServer } = await preparePython({ cache: fileURLToPath(new URL("../../.cache", import.meta.url)), report: () => {} });
    emulator = await startEmulator({ motoServer, account, logFile: join(folder, "moto.log") });
    ledger = credentialLedger([own]);
    const upstream = forwardTo(emulator.url, observeCredentials(ledger));
    gateway = await startGateway({ upstream, services: [], log: () => {} });
    rehearsed = await startPlane(ledger, upstream);
    await rehearsed.plane.start(identity("dev"));
  });
  afterAll(async () => {
    await rehearsed?.close();
    await gateway?.close();
    await emulator?.stop();
    if (folder) await rm(folder, { recursive: true });
  });

  test("an assumed role, whatever its path, is its access entry's user", async () => {
    await new IAMClient(client()).send(new CreateRoleCommand({ RoleName: "devops", Path: "/teams/", AssumeRolePolicyDocument: trust }));
    const assume = new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${account}:role/teams/devops`, RoleSessionName: "kim" });
    const { Credentials } = await new STSClient(client()).send(assume);
    const session = {
      accessKeyId: Credentials?.AccessKeyId ?? "",
      secretAccessKey: Credentials?.SecretAccessKey ?? "",
      sessionToken: Credentials?.SessionToken,
    };
    const bearer = await token(session, "dev");
    expect(await podsAs(bearer)).toBe(401);
    await rehearsed.plane.setAccess("dev", [roleEntry("teams/devops", "AmazonEKSViewPolicy", "cluster")]);
    expect(await podsAs(bearer)).toBe(200);
  });

  test("a user with an access key is who STS says, until the key is deleted", async () => {
    const iam = new IAMClient(client());
    const { User } = await iam.send(new CreateUserCommand({ UserName: "kim", Path: "/people/" }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "kim" }));
    const key = { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
    const entry = { ...roleEntry("", "AmazonEKSViewPolicy", "cluster"), principalArn: User?.Arn ?? "", username: "kim" };
    await rehearsed.plane.setAccess("dev", [entry]);
    expect(await podsAs(await token(key, "dev"))).toBe(200);
    expect(await podsAs(await token({ ...key, secretAccessKey: "wrong" }, "dev"))).toBe(401);
    await iam.send(new DeleteAccessKeyCommand({ UserName: "kim", AccessKeyId: key.accessKeyId }));
    expect(await podsAs(await token(key, "prod"))).toBe(401);
    expect(rehearsed.log.at(-1)).toMatch(/was not issued in this rehearsal/);
  });
});
