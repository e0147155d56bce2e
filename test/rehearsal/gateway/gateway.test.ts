/** The proxy over loopback: nothing here leaves the process's machine. */
import { createServer, type IncomingMessage, request as send } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "@jest/globals";
import { forwardTo } from "../../../rehearsal/gateway/forward.ts";
import { type Gateway, startGateway } from "../../../rehearsal/gateway/gateway.ts";
import type { AwsResponse, Correction, EmulatedService, Upstream } from "../../../rehearsal/gateway/service.ts";
import { answer } from "./requests.ts";

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function gatewayWith(upstream: Upstream, services: readonly EmulatedService[] = []): Promise<{ gateway: Gateway; lines: string[] }> {
  const lines: string[] = [];
  const gateway = await startGateway({ upstream, services, log: (line) => lines.push(line) });
  closers.push(() => gateway.close());
  return { gateway, lines };
}

const signed = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=AKID/20260101/ap-northeast-2/${service}/aws4_request, Signature=0`,
});

interface Reply {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** As Go's client does: absolute form to the proxy. */
function through(gateway: Gateway, url: string, headers: Record<string, string>, method = "GET", body = ""): Promise<Reply> {
  const { hostname, port } = new URL(gateway.url);
  return new Promise((resolve, reject) => {
    const outgoing = send(
      { hostname, port, method, path: url, agent: false, headers: { ...headers, host: new URL(url).host } },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.on("end", () =>
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks).toString() }),
        );
      },
    );
    outgoing.on("connect", (incoming) => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: "" }));
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

test("an emulated service answers before the emulator; both are counted and logged", async () => {
  const eks: EmulatedService = { service: "eks", handle: async ({ url }) => answer(`eks ${url.host}`) };
  const { gateway, lines } = await gatewayWith(async ({ service, region }) => answer(`${service} ${region}`), [eks]);
  expect((await through(gateway, "http://aws.rehearsal.invalid/clusters", signed("eks"))).body).toBe("eks aws.rehearsal.invalid");
  expect((await through(gateway, "http://aws.rehearsal.invalid/?Action=DescribeVpcs", signed("ec2"))).body).toBe("ec2 ap-northeast-2");
  expect([...gateway.requests()]).toEqual([
    ["eks GET /", 1],
    ["ec2 DescribeVpcs", 1],
  ]);
  expect(lines).toEqual([expect.stringMatching(/^200 .*eks GET/), expect.stringMatching(/^200 .*ec2 DescribeVpcs/)]);
});

test.each([
  ["an unsigned request", "GET", "http://example.com/", /refused GET http:\/\/example\.com\//],
  ["a tunnel", "CONNECT", "http://example.com:443", /refused a tunnel/],
])("%s is refused and said so", async (_kind, method, url, line) => {
  const { gateway, lines } = await gatewayWith(() => Promise.reject(new Error("asked")));
  expect((await through(gateway, url, {}, method)).status).toBe(403);
  expect(lines).toEqual([expect.stringMatching(line)]);
});

test("an emulator that is gone is told as an error that SDKs do not retry", async () => {
  const { gateway } = await gatewayWith(() => Promise.reject(new Error("connect ECONNREFUSED")));
  const { status, body } = await through(gateway, "http://aws.rehearsal.invalid/", signed("ec2"), "POST");
  expect([status, body]).toEqual([501, expect.stringContaining("connect ECONNREFUSED")]);
});

test("HEAD keeps the length of what is not sent", async () => {
  const { gateway } = await gatewayWith(async () => ({ ...answer(""), headers: { "content-length": "7", server: "moto", etag: "e" } }));
  const { headers, body } = await through(gateway, "http://b.aws.rehearsal.invalid/k", signed("s3"), "HEAD");
  expect([headers["content-length"], headers.etag, headers.server, body]).toEqual(["7", "e", undefined, ""]);
});

/** A stand-in for moto that tells what it got. */
async function emulator(status: number): Promise<string> {
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { host, "proxy-connection": hop = "none" } = incoming.headers;
    outgoing.writeHead(status).end([incoming.method, host, incoming.url, hop, Buffer.concat(chunks)].join(" "));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => new Promise((resolve) => server.close(resolve).closeAllConnections()));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test("the emulator gets buckets in the path, the body whole and no header of the client's connection", async () => {
  const { gateway } = await gatewayWith(forwardTo(await emulator(200), []));
  const headers = { ...signed("s3"), "proxy-connection": "keep-alive" };
  const { body } = await through(gateway, "http://b.aws.rehearsal.invalid/k?x", headers, "PUT", "content");
  expect(body).toBe("PUT s3.ap-northeast-2.amazonaws.com /b/k?x none content");
});

test.each([
  [500, 501],
  [404, 404],
])("the emulator's %d is told as %d", async (status, told) => {
  const { gateway } = await gatewayWith(forwardTo(await emulator(status), []));
  expect((await through(gateway, "http://aws.rehearsal.invalid/", signed("ec2"), "POST")).status).toBe(told);
});

const noted = (id: string, answersItself?: AwsResponse): Correction => ({
  id,
  service: "ec2",
  why: "",
  applies: () => true,
  before: async (request) => answersItself ?? { ...request, body: Buffer.from(`${request.body}${id}`) },
  after: async (_request, response) => ({ ...response, body: Buffer.from(`${response.body}-${id}`) }),
});

test.each([
  ["in and out in opposite order", [noted("1"), noted("2")], "ec2", "POST aws.rehearsal.invalid / none 12-2-1"],
  ["the first that answers keeps the emulator out", [noted("1", answer("own")), noted("2")], "ec2", "own-2-1"],
  ["another service's are passed by", [noted("1")], "iam", "POST aws.rehearsal.invalid / none "],
])("corrections: %s", async (_case, corrections, service, body) => {
  const { gateway } = await gatewayWith(forwardTo(await emulator(200), corrections));
  expect((await through(gateway, "http://aws.rehearsal.invalid/", signed(service), "POST")).body).toBe(body);
});
