/** Everything that stands in for AWS in one run: the emulator, the gateway before it, and what the gateway answers itself. */
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { corrections } from "../corrections/index.ts";
import { detachedDataPlane } from "../eks/detached.ts";
import { createEksService } from "../eks/service.ts";
import { startEmulator } from "../emulator/emulator.ts";
import { preparePython } from "../emulator/python.ts";
import { forwardTo } from "../gateway/forward.ts";
import { awsEndpoint, startGateway } from "../gateway/gateway.ts";
import type { AwsTarget } from "../terraform/child-environment.ts";

export interface WorldSpec {
  /** Folder of the run, for logs. */
  readonly folder: string;
  /** `.cache`. */
  readonly cache: string;
  readonly account: string;
  readonly region: string;
  /** An endpoint that is used in the emulator's place. */
  readonly awsEndpoint?: string;
}

export interface World {
  /** For Terraform's environment. */
  readonly target: AwsTarget;
  /** Takes AWS requests directly, for our own clients. */
  readonly url: string;
  /** For the report, for example "moto 5.2.5 on 127.0.0.1:41231, account 111122223333". */
  readonly description: string;
  /** Settles with the reason when it can no longer answer; `undefined` after `close`. */
  readonly broken: Promise<string | undefined>;
  close(): Promise<void>;
}

/** Rejects with what to do where Python, moto or the endpoint are not to be had. */
export async function startWorld(spec: WorldSpec, report: (text: string) => void): Promise<World> {
  const { folder, account, region } = spec;
  const emulated = await startBackend(spec, report);
  const log = createWriteStream(join(folder, "gateway.log"), { flags: "a" });
  const upstream = forwardTo(emulated.url, emulated.corrections);
  const write = (line: string) => void log.write(`${line}\n`);
  const eks = createEksService({ account, dataPlane: detachedDataPlane(), upstream, log: write });
  const gateway = await startGateway({ upstream, services: [eks], log: write });
  return {
    target: { region, endpoint: awsEndpoint, proxy: gateway.url },
    url: gateway.url,
    description: emulated.description,
    broken: emulated.exited,
    async close() {
      await gateway.close();
      await eks.close();
      await emulated.stop();
      await new Promise<void>((resolve) => log.end(resolve));
    },
  };
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
