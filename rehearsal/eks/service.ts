/** The emulated EKS API. It answers from memory, asks the emulator behind the gateway about other services, and drives the data plane. */
import { randomBytes } from "node:crypto";
import type { AwsRequest, AwsResponse, EmulatedService, Upstream } from "../gateway/service.ts";
import { type Call, reason } from "./call.ts";
import type { DataPlane } from "./data-plane.ts";
import { EksError, errorResponse } from "./errors.ts";
import { followNodes } from "./follow.ts";
import { neighbours } from "./neighbours.ts";
import { operations } from "./operations/index.ts";
import { type Asked, route } from "./routes.ts";
import { type Delays, defaultDelays, type Scheduler, wallClock } from "./scheduler.ts";
import { type ClusterSnapshot, snapshotOf } from "./snapshot.ts";
import type { Store } from "./store.ts";
import { isPassing, jsonResponse } from "./wire.ts";

export interface EksOptions {
  /** Twelve digits. */
  readonly account: string;
  readonly dataPlane: DataPlane;
  /** To the emulated EC2, IAM and STS. */
  readonly upstream: Upstream;
  readonly delays?: Partial<Delays>;
  readonly scheduler?: Scheduler;
  /** Makes ids differ from run to run; the same gives the same ids. */
  readonly salt?: string;
  /** Gets one line per event: a cluster is active, an update failed. */
  readonly log?: (line: string) => void;
}

export interface EksService extends EmulatedService {
  /** For reports. */
  snapshot(): readonly ClusterSnapshot[];
  /** Every line that was logged. */
  events(): readonly string[];
  /** Looks for self-managed groups anew, and tells the data plane. To be called after Auto Scaling groups changed. */
  refreshSelfManagedGroups(): Promise<void>;
  /** Ends what was started. */
  close(): Promise<void>;
}

/** How often a held answer is looked at again, milliseconds. */
const lookEvery = 50;

export function createEksService(options: EksOptions): EksService {
  const { account, dataPlane, upstream, scheduler = wallClock(), salt = randomBytes(8).toString("hex") } = options;
  const delays: Delays = { ...defaultDelays, ...options.delays };
  const store: Store = new Map();
  const events: string[] = [];
  const log = (line: string) => {
    events.push(line);
    options.log?.(line);
  };
  const callOf = (region: string, accessKeyId: string): Call => ({
    account,
    region,
    salt,
    store,
    aws: neighbours(upstream, region, accessKeyId),
    dataPlane,
    scheduler,
    delays,
    log,
  });
  /** Paths whose last answer was a passing state: the next one there may be held. */
  const seenPassing = new Set<string>();
  let caller = { region: "", accessKeyId: "" };

  /**
   * A waiter that comes back is answered as soon as the state is final. Terraform's provider doubles its waits (up to 10 s), so that it
   * would often see seconds late what took half a second. Its first look is answered at once: it sees the passing state.
   */
  async function settle(path: string, ask: () => Promise<unknown>): Promise<unknown> {
    for (let held = 0; ; held += lookEvery) {
      const output = await ask();
      if (!isPassing(output)) {
        seenPassing.delete(path);
        return output;
      }
      if (!seenPassing.has(path) || held >= delays.hold) {
        seenPassing.add(path);
        return output;
      }
      await scheduler.wait(lookEvery);
    }
  }

  async function answer(request: AwsRequest): Promise<AwsResponse> {
    const { operation, input }: Asked = route(request);
    caller = { region: request.region, accessKeyId: request.accessKeyId };
    const call = callOf(request.region, request.accessKeyId);
    // The route says which members are there; see `Given`.
    const run = operations[operation] as (input: unknown, call: Call) => unknown;
    const ask = async () => run(input, call);
    const output = operation.startsWith("Describe") ? await settle(request.url.href, ask) : await ask();
    return jsonResponse(output);
  }

  return {
    service: "eks",
    async handle(request) {
      try {
        return await answer(request);
      } catch (error) {
        const told = error instanceof EksError ? error : new EksError("ServerException", reason(error));
        // Waiters for a deletion ask until it is not found: not worth a line.
        const expected = request.method === "GET" && told.type === "ResourceNotFoundException";
        if (!expected) log(`${request.method} ${request.url.pathname}: ${told.type}: ${told.message}`);
        return errorResponse(told);
      }
    },
    snapshot: () => [...store.values()].map(snapshotOf),
    events: () => events,
    async refreshSelfManagedGroups() {
      for (const state of store.values()) {
        if (state.cluster.status !== "ACTIVE" && state.cluster.status !== "UPDATING") continue;
        const call = callOf(caller.region, caller.accessKeyId);
        const groups = await call.aws.selfManagedGroups(state.cluster.name);
        if (JSON.stringify(groups) === JSON.stringify(state.selfManagedGroups)) continue;
        state.selfManagedGroups = groups;
        await followNodes(call, state).catch((error) => log(`${state.cluster.name}: self-managed nodes did not follow: ${reason(error)}`));
      }
    },
    async close() {
      scheduler.close();
      await dataPlane.close();
    },
  };
}
