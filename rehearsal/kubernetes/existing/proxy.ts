/**
 * The endpoint of a cluster that is the user's own: takes EKS tokens, as no other cluster does, and passes each request on by the
 * kubeconfig's credentials, impersonating whom the token proves. Bodies are streamed both ways; exec and port-forward are tunnelled.
 */
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import { createServer, request } from "node:https";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { KubernetesUser } from "../../identity/principal.ts";
import type { Refusal } from "../../identity/token.ts";
import type { Connection } from "../api.ts";
import { serverCertificate } from "./certificate.ts";
import { bearerOf, forwardedHeaders, unauthorized } from "./headers.ts";

export interface ProxySpec {
  readonly connection: Connection;
  /** Never rejects. */
  decide(token: string): Promise<KubernetesUser | Refusal>;
  /** One line per refusal, with its reason; never the token. */
  log(line: string): void;
}

export interface RunningProxy {
  readonly endpoint: string;
  /** PEM. */
  readonly ca: string;
  close(): Promise<void>;
}

const address = "127.0.0.1";

export async function startProxy({ connection, decide, log }: ProxySpec): Promise<RunningProxy> {
  const { ca, cert, key } = await serverCertificate(address);
  const base = connection.endpoint.replace(/\/$/, "");
  const tunnels = new Set<Duplex>();

  const identify = async ({ headers }: IncomingMessage): Promise<KubernetesUser | Refusal> => {
    const token = bearerOf(headers);
    const decision = token === undefined ? { refused: "there is no bearer token" } : await decide(token);
    if ("refused" in decision) log(decision.refused);
    return decision;
  };

  const send = async (incoming: IncomingMessage, user: KubernetesUser, upgrade?: string) => {
    const { agent, headers: own } = await connection.options();
    const headers = forwardedHeaders(incoming.headers, user, own, upgrade);
    return request(new URL(`${base}${incoming.url ?? "/"}`), { agent, method: incoming.method, headers });
  };

  const pass = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const user = await identify(incoming);
    if ("refused" in user) return answer(outgoing, 401, unauthorized(user.refused));
    const upstream = await send(incoming, user);
    outgoing.once("close", () => upstream.destroy());
    upstream.on("error", (error) => {
      if (outgoing.headersSent) outgoing.destroy();
      else fail(outgoing, error);
    });
    upstream.on("response", (response) => {
      const { connection: _, "keep-alive": __, "transfer-encoding": ___, ...headers } = response.headers;
      outgoing.writeHead(response.statusCode ?? 502, headers);
      // A watch says nothing for long; its client waits for the headers.
      outgoing.flushHeaders();
      response.on("error", () => outgoing.destroy()).pipe(outgoing);
    });
    incoming.on("error", () => upstream.destroy()).pipe(upstream);
  };

  const tunnel = async (incoming: IncomingMessage, client: Duplex, head: Buffer) => {
    const user = await identify(incoming);
    if ("refused" in user) return void client.end(rawAnswer(401, {}, JSON.stringify(unauthorized(user.refused))));
    const upstream = await send(incoming, user, incoming.headers.upgrade);
    client.once("close", () => upstream.destroy());
    upstream.on("error", (error) => void client.end(rawAnswer(502, {}, error.message)));
    // The API server would not change the protocol: forbidden, for example.
    upstream.on("response", async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk as Buffer);
      const type = response.headers["content-type"] ?? "text/plain";
      client.end(rawAnswer(response.statusCode ?? 502, { "content-type": type }, Buffer.concat(chunks).toString("utf8")));
    });
    upstream.on("upgrade", (response: IncomingMessage, server: Socket, first: Buffer) => {
      tunnels.add(server);
      server.once("close", () => tunnels.delete(server));
      client.write(`HTTP/1.1 101 ${STATUS_CODES[101]}\r\n${rawHeaders(response.rawHeaders)}\r\n`);
      client.write(first);
      server.write(head);
      join(client, server);
    });
    upstream.end();
  };

  const fail = (outgoing: ServerResponse, error: unknown) => {
    const message = `the cluster behind the rehearsal does not answer: ${error instanceof Error ? error.message : String(error)}`;
    log(message);
    answer(outgoing, 502, { kind: "Status", apiVersion: "v1", status: "Failure", message, code: 502 });
  };

  const server = createServer({ cert, key, keepAliveTimeout: 120_000 }, (incoming, outgoing) => {
    pass(incoming, outgoing).catch((error: unknown) => fail(outgoing, error));
  });
  server.on("upgrade", (incoming: IncomingMessage, client: Duplex, head: Buffer) => {
    tunnels.add(client);
    client.once("close", () => tunnels.delete(client)).on("error", () => client.destroy());
    tunnel(incoming, client, head).catch((error: Error) => void client.end(rawAnswer(502, {}, error.message)));
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, address, () => resolve()));
  const bound = server.address();
  const port = typeof bound === "object" && bound !== null ? bound.port : 0;
  return {
    endpoint: `https://${address}:${port}`,
    ca,
    close: () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      for (const each of tunnels) each.destroy();
      return closed;
    },
  };
}

function answer(outgoing: ServerResponse, status: number, body: object): void {
  outgoing.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

/** Both ways, until either side ends. */
function join(client: Duplex, server: Socket): void {
  server.on("error", () => client.destroy()).on("close", () => client.destroy());
  client.on("error", () => server.destroy()).on("close", () => server.destroy());
  server.pipe(client);
  client.pipe(server);
}

/** Node gives no response object for an upgrade. */
function rawAnswer(status: number, headers: Readonly<Record<string, string>>, body: string): string {
  const lines = Object.entries({ ...headers, "content-length": String(Buffer.byteLength(body)), connection: "close" });
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${rawHeaders(lines.flat())}\r\n${body}`;
}

/** Of names and values in turn. */
function rawHeaders(all: readonly string[]): string {
  return all.map((text, index) => (index % 2 === 0 ? `${text}: ` : `${text}\r\n`)).join("");
}
