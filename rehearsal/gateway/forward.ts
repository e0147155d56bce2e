/** Asks the emulator, with every correction that applies on the way in and out. */
import { Agent, request as send } from "node:http";
import { pathStyle } from "./path-style.ts";
import { failure } from "./protocol.ts";
import type { AwsRequest, AwsResponse, Correction, Upstream } from "./service.ts";

/**
 * An upstream at `emulatorUrl`. Corrections see S3 requests with the bucket in the path. The first correction whose `before` answers
 * ends the way in; every correction's `after` sees the answer, in reverse order.
 */
export function forwardTo(emulatorUrl: string, corrections: readonly Correction[]): Upstream {
  // One connection: moto is one Python process, so parallel requests gain nothing and meet races in its memory (GuardDuty features).
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const plain = (request: AwsRequest) => exchange(emulatorUrl, agent, request);
  return async (original) => {
    let request = pathStyle(original);
    let answer: AwsResponse | undefined;
    const active = corrections.filter((correction) => correction.service === request.service && correction.applies(request));
    for (const correction of active) {
      const result = await correction.before?.(request, plain);
      if (result && "status" in result) {
        answer = result;
        break;
      }
      request = result ?? request;
    }
    answer ??= await plain(request);
    for (const correction of active.toReversed()) answer = (await correction.after?.(request, answer, plain)) ?? answer;
    return answer;
  };
}

/** One HTTP exchange. A server fault is told as 501: SDKs would retry 500 for minutes, and an emulator's fault does not go away. */
async function exchange(emulatorUrl: string, agent: Agent, request: AwsRequest): Promise<AwsResponse> {
  const response = await exchangeOnce(emulatorUrl, agent, request);
  if (response.status < 500) return response;
  const detail = response.body.toString("utf8").slice(0, 500);
  return failure(request, 501, "EmulatorFailed", `The emulator cannot do this (HTTP ${response.status}): ${detail}`);
}

function exchangeOnce(emulatorUrl: string, agent: Agent, { method, url, headers, body }: AwsRequest): Promise<AwsResponse> {
  const { hostname, port } = new URL(emulatorUrl);
  const end = { ...headers, host: url.host, "content-length": String(body.length) };
  const sent = Object.fromEntries(Object.entries(end).filter(([name]) => !hopByHop.has(name)));
  return new Promise((resolve, reject) => {
    const outgoing = send({ agent, hostname, port, method, path: url.pathname + url.search, headers: sent }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("error", reject);
      incoming.on("end", () => {
        const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
        resolve({ status: incoming.statusCode ?? 502, headers, body: Buffer.concat(chunks) });
      });
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

/** Of the client's connection, not of ours (RFC 9110, 7.6.1); the body is whole by now. */
const hopByHop = new Set(["connection", "proxy-connection", "keep-alive", "transfer-encoding", "te", "upgrade", "expect"]);
