/** Everything that stands in for AWS in one run: the emulator, the gateway before it, and what the gateway answers itself. */
import { createWriteStream, mkdirSync } from "node:fs";
import { join } from "node:path";
import { corrections } from "../corrections/index.ts";
import { watchAutoScaling } from "../eks/auto-scaling-watch.ts";
import { createEksService } from "../eks/service.ts";
import { startEmulator } from "../emulator/emulator.ts";
import { preparePython } from "../emulator/python.ts";
import { forwardTo } from "../gateway/forward.ts";
import { awsEndpoint, startGateway } from "../gateway/gateway.ts";
import { credentialLedger, observeCredentials } from "../identity/credentials.ts";
import type { ExistingCluster } from "../kubernetes/existing/kubeconfig.ts";
import { type AwsTarget, rehearsalKeys, type Variables } from "../terraform/child-environment.ts";
import { choosePlane, type KubernetesView } from "./kubernetes.ts";

export interface WorldSpec {
  /** Folder of the run, for logs. */
  readonly folder: string;
  /** `.cache`. */
  readonly cache: string;
  readonly account: string;
  readonly region: string;
  /** Environment variables of the user: where Kubernetes binaries are. */
  readonly user: Variables;
  /** An endpoint that is used in the emulator's place. */
  readonly awsEndpoint?: string;
  /** The user's own cluster behind the emulated EKS. */
  readonly existing?: ExistingCluster;
}

export interface World {
  /** For Terraform's environment. */
  readonly target: AwsTarget;
  /** Takes AWS requests directly, for our own clients. */
  readonly url: string;
  /** For the report, for example "moto 5.2.5 on 127.0.0.1:41231, account 111122223333". */
  readonly description: string;
  /** Looks at the clusters that run now. */
  kubernetes(): Promise<KubernetesView>;
  /** Settles with the reason when it can no longer answer; `undefined` after `close`. */
  readonly broken: Promise<string | undefined>;
  close(): Promise<void>;
}

/** Rejects with what to do where Python, moto or the endpoint are not to be had. */
export async function startWorld(spec: WorldSpec, report: (text: string) => void): Promise<World> {
  const { folder, cache, account, region, user } = spec;
  // First, since nothing is to be ended yet where it is refused.
  const existing = spec.existing && (await openExisting(spec.existing, report));
  const emulated = await startBackend(spec, report);
  const log = createWriteStream(join(folder, "gateway.log"), { flags: "a" });
  const write = (line: string) => void log.write(`${line}\n`);
  const ledger = credentialLedger([{ ...rehearsalKeys, arn: `arn:aws:iam::${account}:root` }]);
  const upstream = forwardTo(emulated.url, [...emulated.corrections, ...observeCredentials(ledger)]);
  mkdirSync(join(folder, "kubernetes"), { recursive: true });
  const { plane, look, failed } = await choosePlane({ folder, cache, user, upstream, ledger, existing, log: write });
  const eks = createEksService({ account, dataPlane: plane, upstream, log: write });
  const gateway = await startGateway({ upstream: watchAutoScaling(upstream, eks, write), services: [eks], log: write });
  return {
    target: { region, endpoint: awsEndpoint, proxy: gateway.url },
    url: gateway.url,
    description: emulated.description,
    kubernetes: look,
    broken: Promise.race([emulated.exited, failed]),
    async close() {
      await gateway.close();
      await eks.close();
      await emulated.stop();
      await new Promise<void>((resolve) => log.end(resolve));
    },
  };
}

async function openExisting(cluster: ExistingCluster, report: (text: string) => void) {
  const { checkedKubeconfig } = await import("../kubernetes/existing/kubeconfig.ts");
  const opened = await checkedKubeconfig(cluster);
  report(`using the cluster of the context ${opened.context}`);
  return opened;
}

/** What answers behind the gateway: moto, or the endpoint that was named. Corrections are about moto only. */
async function startBackend({ folder, cache, account, awsEndpoint: other }: WorldSpec, report: (text: string) => void) {
  if (other) {
    return {
      url: other,
      description: `${other}, account ${account}`,
      exited: new Promise<undefined>(() => {}),
      corrections: [],
      stop: async () => {},
    };
  }
  const { motoServer } = await preparePython({ cache, report });
  report("starting moto");
  const emulator = await startEmulator({ motoServer, account, logFile: join(folder, "moto.log") });
  return { ...emulator, corrections: corrections() };
}
