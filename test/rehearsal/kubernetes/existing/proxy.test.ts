import { once } from "node:events";
import type { IncomingMessage, Server } from "node:http";
import { Agent, createServer, request } from "node:https";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { serverCertificate } from "../../../../rehearsal/kubernetes/existing/certificate.ts";
import { type RunningProxy, startProxy } from "../../../../rehearsal/kubernetes/existing/proxy.ts";

describe("the proxy before the user's own cluster", () => {
  let upstream: Server;
  let agent: Agent;
  let proxy: RunningProxy;
  const log: string[] = [];
  const bearer = { authorization: "Bearer good" };

  beforeAll(async () => {
    const { ca, cert, key } = await serverCertificate("127.0.0.1");
    // Tells what it was asked; never ends a watch.
    upstream = createServer({ cert, key }, (incoming, outgoing) => {
      if (incoming.url?.includes("watch")) return void outgoing.writeHead(200).flushHeaders();
      if (incoming.url?.includes("lost")) return void incoming.socket.destroy();
      const chunks: Buffer[] = [];
      incoming
        .on("data", (chunk: Buffer) => chunks.push(chunk))
        .on("end", () => {
          const { method, url, headers } = incoming;
          outgoing.writeHead(201, { "x-own": "1" }).end(JSON.stringify({ method, url, headers, body: Buffer.concat(chunks).toString() }));
        });
    });
    upstream.on("upgrade", (incoming: IncomingMessage, socket, head: Buffer) => {
      if (incoming.url === "/forbidden") return void socket.end("HTTP/1.1 403 Forbidden\r\ncontent-length: 2\r\n\r\nno");
      socket.write(`HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: ${incoming.headers.upgrade}\r\n\r\n`);
      socket.write(`${incoming.headers["impersonate-user"]}:${head}`);
      socket.pipe(socket);
    });
    await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));
    agent = new Agent({ ca });
    proxy = await startProxy({
      connection: {
        endpoint: `https://127.0.0.1:${(upstream.address() as AddressInfo).port}/`,
        options: async () => ({ agent, headers: { authorization: "Bearer own" } }),
        close: () => {},
      },
      decide: async (token) => (token === "good" ? { username: "kim", uid: "1", groups: ["team"], extra: {} } : { refused: "not good" }),
      log: (line) => log.push(line),
    });
  });
  afterAll(async () => {
    await proxy?.close();
    agent?.destroy();
    upstream?.close();
    upstream?.closeAllConnections();
  });

  const start = (path: string, headers: Record<string, string>, method = "GET") =>
    request(new URL(path, proxy.endpoint), { ca: proxy.ca, headers, method, agent: false });

  const ask = async (path: string, headers: Record<string, string>, body?: string) => {
    const outgoing = start(path, headers, body === undefined ? "GET" : "POST").end(body);
    const [response] = (await once(outgoing, "response")) as [IncomingMessage];
    let text = "";
    for await (const chunk of response) text += String(chunk);
    return { status: response.statusCode, headers: response.headers, body: JSON.parse(text) as Record<string, unknown> };
  };

  test("passes method, path, query and body on, as whom the token proves", async () => {
    const { status, headers, body } = await ask("/api/v1/pods?limit=1", { ...bearer, "impersonate-user": "admin" }, "content");
    expect([status, headers["x-own"]]).toEqual([201, "1"]);
    expect(body).toMatchObject({ method: "POST", url: "/api/v1/pods?limit=1", body: "content" });
    expect(body.headers).toMatchObject({
      authorization: "Bearer own",
      "impersonate-user": "kim",
      "impersonate-group": "team, system:authenticated",
    });
  });

  test.each([
    ["without a token", {}, "there is no bearer token"],
    ["with a refused token", { authorization: "Bearer bad" }, "not good"],
  ])("answers 401 %s, with the reason", async (_, headers, reason) => {
    const { status, body } = await ask("/api", headers as Record<string, string>);
    expect([status, body.message]).toEqual([401, `Unauthorized: ${reason}`]);
    expect(log.at(-1)).toContain(reason);
  });

  test("gives a watch its headers before its first event", async () => {
    const outgoing = start("/watch", bearer).end();
    const [response] = (await once(outgoing, "response")) as [IncomingMessage];
    expect(response.statusCode).toBe(200);
    outgoing.destroy();
  });

  test("says that the cluster does not answer", async () => {
    const { status, body } = await ask("/lost", bearer);
    expect([status, body.message]).toEqual([502, expect.stringContaining("does not answer")]);
  });

  const upgraded = { connection: "Upgrade", upgrade: "SPDY/3.1" };

  test("tunnels exec and port-forward", async () => {
    const outgoing = start("/exec", { ...bearer, ...upgraded }).end();
    const [response, socket, head] = (await once(outgoing, "upgrade")) as [IncomingMessage, import("node:net").Socket, Buffer];
    expect(response.headers.upgrade).toBe("SPDY/3.1");
    let heard = String(head);
    socket.write("echo");
    while (heard !== "kim:echo") heard += String((await once(socket, "data"))[0]);
    expect(heard).toBe("kim:echo");
    socket.destroy();
  });

  test.each([
    ["refused by the proxy", "/exec", {}, 401],
    ["refused by the cluster", "/forbidden", bearer, 403],
  ])("an upgrade %s is answered", async (_, path, headers, expected) => {
    const outgoing = start(path, { ...(headers as Record<string, string>), ...upgraded }).end();
    const [response] = (await once(outgoing, "response")) as [IncomingMessage];
    response.resume();
    expect(response.statusCode).toBe(expected);
  });
});
