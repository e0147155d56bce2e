/** A Kubernetes plane for live tests, with binaries from ../shared/kube, and tokens made as the AWS CLI makes them. */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { AccessEntry, ClusterIdentity } from "../../rehearsal/eks/data-plane.ts";
import { awsEndpoint } from "../../rehearsal/gateway/endpoint.ts";
import type { Upstream } from "../../rehearsal/gateway/service.ts";
import { type Credential, type CredentialLedger, credentialLedger } from "../../rehearsal/identity/credentials.ts";
import { type KubernetesApi, kubernetesApi } from "../../rehearsal/kubernetes/api.ts";
import { type Binaries, findBinaries } from "../../rehearsal/kubernetes/binaries.ts";
import { type KubernetesPlane, kubernetesPlane } from "../../rehearsal/kubernetes/plane.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));
export const shared = join(root, "../shared/kube/unpack");

export const account = "111122223333";

/** Unpacks the binaries once, as `.ci/run` does. */
export async function binaries(): Promise<Binaries> {
  const { stdout } = await run(shared, [join(root, ".cache/kube")]);
  const exported = [...stdout.matchAll(/^export (\w+)="([^"]*)"$/gm)].map(([, name = "", value = ""]) => [name, value]);
  const env = Object.fromEntries(exported) as Record<string, string>;
  const found = await findBinaries({ ...env, PATH: env.PATH?.replace("$PATH", process.env.PATH ?? "") });
  if (found.kind === "not-available") throw new Error(found.message);
  return found;
}

export interface Rehearsed {
  readonly plane: KubernetesPlane;
  readonly folder: string;
  readonly log: string[];
  clock: () => Date;
  close(): Promise<void>;
}

/** A plane whose run knows these credentials. `upstream` answers for the emulated AWS. */
export async function startPlane(ledger: CredentialLedger = credentialLedger([]), upstream: Upstream = silent): Promise<Rehearsed> {
  const folder = await mkdtemp(join(tmpdir(), "mainline-kubernetes-"));
  const log: string[] = [];
  const rehearsed = { clock: () => new Date() };
  const plane = await kubernetesPlane({
    binaries: await binaries(),
    folder,
    cache: join(root, ".cache/kwok"),
    upstream,
    ledger,
    prefixDelegation: true,
    log: (line) => log.push(line),
    now: () => rehearsed.clock(),
  });
  const close = async () => {
    await plane.close();
    await rm(folder, { recursive: true, force: true });
  };
  return Object.assign(rehearsed, { plane, folder, log, close });
}

const silent: Upstream = async () => {
  throw new Error("no emulated AWS in this test");
};

export function identity(name: string): ClusterIdentity {
  return { name, arn: `arn:aws:eks:ap-northeast-2:${account}:cluster/${name}`, account, region: "ap-northeast-2", version: "1.35" };
}

/** Credentials of an assumed role, as STS would have issued them. */
export function session(role: string): Credential {
  return {
    accessKeyId: `ASIA${role.toUpperCase()}`,
    secretAccessKey: `secret of ${role}`,
    sessionToken: `FwoG/${role}+token==`,
    arn: `arn:aws:sts::${account}:assumed-role/${role}/someone@example.com`,
  };
}

export function roleEntry(
  role: string,
  policy: string | undefined,
  namespaces: readonly string[] | "cluster",
  groups: string[] = [],
): AccessEntry {
  return {
    principalArn: `arn:aws:iam::${account}:role/${role}`,
    type: "STANDARD",
    username: `arn:aws:sts::${account}:assumed-role/${role}/{{SessionName}}`,
    groups,
    policies: policy ? [{ policyArn: `arn:aws:eks::aws:cluster-access-policy/${policy}`, namespaces }] : [],
  };
}

/** A token by the real `aws eks get-token`. */
export async function token(credential: Credential, cluster: string): Promise<string> {
  const { stdout } = await run("aws", ["eks", "get-token", "--cluster-name", cluster, "--region", "ap-northeast-2"], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      AWS_ACCESS_KEY_ID: credential.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credential.secretAccessKey,
      ...(credential.sessionToken ? { AWS_SESSION_TOKEN: credential.sessionToken } : {}),
      AWS_ENDPOINT_URL: awsEndpoint,
    },
  });
  return (JSON.parse(stdout) as { status: { token: string } }).status.token;
}

/** The cluster's API as the holder of a token. */
export async function as(plane: KubernetesPlane, cluster: string, bearer: string): Promise<KubernetesApi> {
  const { controlPlane } = await plane.cluster(cluster);
  return kubernetesApi({ endpoint: controlPlane.endpoint, ca: controlPlane.ca, identity: { token: bearer } });
}

/** The cluster's API as its administrator. */
export async function administrator(plane: KubernetesPlane, cluster: string): Promise<KubernetesApi> {
  return (await plane.cluster(cluster)).controlPlane.api;
}

/** Asks until the answer satisfies, for two minutes at most; a refusal is an answer that does not. The last answer is told. */
export async function eventually<T>(ask: () => Promise<T>, satisfies: (answer: T) => boolean): Promise<T> {
  const end = Date.now() + 120_000;
  let last: unknown;
  while (Date.now() < end) {
    try {
      const answer = await ask();
      if (satisfies(answer)) return answer;
      last = answer;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Two minutes of asking, and the last answer was ${last instanceof Error ? last.message : JSON.stringify(last)}`);
}

/** What is asked of an API: a verb on a resource such as "pods/exec" or "deployments.apps/scale". */
export interface Asked {
  readonly verb: string;
  readonly resource: string;
  /** Absent: of the whole cluster. */
  readonly namespace: string | undefined;
}

/** Whether the holder of the API's credentials may do it, as the API itself says. */
export async function canI(api: KubernetesApi, { verb, resource, namespace }: Asked): Promise<boolean> {
  const [path = "", subresource] = resource.split("/");
  const [name, ...group] = path.split(".");
  const { status } = await api.call<{ status: { allowed: boolean } }>({
    method: "POST",
    path: "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
    body: { spec: { resourceAttributes: { verb, resource: name, subresource, group: group.join("."), namespace } } },
  });
  return status.allowed;
}
