/**
 * The HTTP proxy of Terraform's AWS traffic. It answers what an emulated service of ours or the emulator answers and calls nothing else:
 * a request that no AWS credentials signed, or a tunnel, is refused and said so in the log.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { actionOf, failure } from "./protocol.ts";
import type { AwsRequest, AwsResponse, EmulatedService, Upstream } from "./service.ts";
import { scopeOf } from "./signature.ts";

export { awsEndpoint } from "./endpoint.ts";

export interface GatewaySpec {
  readonly upstream: Upstream;
  readonly services: readonly EmulatedService[];
  /** Gets one line per request, without a line break. */
  readonly log: (line: string) => void;
}

export interface Gateway {
  /** For HTTP_PROXY, for example http://127.0.0.1:40123 */
  readonly url: string;
  /** How often each "service action" was asked, for example "ec2 CreateVpc". */
  requests(): ReadonlyMap<string, number>;
  /** Ends at once: open requests are cut. */
  close(): Promise<void>;
}

/** Listens on a free loopback port. */
export async function startGateway({ upstream, services, log }: GatewaySpec): Promise<Gateway> {
  const emulated = new Map(services.map((service) => [service.service, service]));
  const counts = new Map<string, number>();

  const answer = async (request: AwsRequest): Promise<AwsResponse> => {
    const began = performance.now();
    const action = `${request.service} ${actionOf(request)}`;
    counts.set(action, (counts.get(action) ?? 0) + 1);
    const response = await (emulated.get(request.service)?.handle(request) ?? upstream(request)).catch((error: Error) =>
      failure(request, 501, "RehearsalFailed", `${action}: ${error.message}`),
    );
    const took = Math.round(performance.now() - began);
    const fault = response.status < 400 ? "" : ` ${response.body.toString("utf8").replaceAll(/\s+/g, " ").slice(0, 300)}`;
    log(`${response.status} ${took}ms ${action} ${request.method} ${request.url.host}${request.url.pathname}${fault}`);
    return response;
  };

  const server = createServer((incoming, outgoing) => {
    serve(incoming, answer, log)
      .then((response) => reply(outgoing, incoming, response))
      .catch((error: Error) => {
        log(`unreadable request: ${error.message}`);
        outgoing.destroy();
      });
  });
  server.on("connect", (request: IncomingMessage, socket: Socket) => {
    log(`403 refused a tunnel to ${request.url}: a rehearsal calls nothing outside this machine`);
    socket.end("HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n");
  });
  // Go and botocore keep connections; Node's default of 5 s would cut them just as they are used again.
  server.keepAliveTimeout = 600_000;
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    requests: () => counts,
    close: () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
}

async function serve(incoming: IncomingMessage, answer: Upstream, log: (line: string) => void): Promise<AwsResponse> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
  // Absolute form from a client that was told of a proxy, origin form from one that was given our address as its endpoint.
  const url = new URL(incoming.url ?? "/", `http://${headers.host}`);
  const body = Buffer.concat(chunks);
  const scope = scopeOf(url, headers, body);
  if (scope) return answer({ ...scope, method: incoming.method ?? "GET", url, headers, body });
  log(`403 refused ${incoming.method} ${url.origin}${url.pathname}: not signed for AWS; a rehearsal calls nothing outside this machine`);
  return failure(
    { headers, service: "" },
    403,
    "MissingAuthenticationToken",
    `The rehearsal's gateway takes AWS requests only, not ${url.origin}`,
  );
}

/** HEAD and 304 must not have a body; hop-by-hop headers of the emulator's connection are not ours. */
function reply(outgoing: ServerResponse, incoming: IncomingMessage, { status, headers, body }: AwsResponse): void {
  for (const [name, value] of Object.entries(headers)) {
    if (!["connection", "transfer-encoding", "keep-alive", "server", "date"].includes(name)) outgoing.setHeader(name, value);
  }
  if (incoming.method !== "HEAD") outgoing.setHeader("content-length", body.length);
  outgoing.writeHead(status);
  outgoing.end(incoming.method === "HEAD" ? undefined : body);
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return (server.address() as AddressInfo).port;
}
