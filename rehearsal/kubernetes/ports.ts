/** Free TCP ports on loopback. Somebody may take one before it is used, so whoever uses them must be ready to try once more. */
import { createServer, type Server } from "node:net";
import type { Ports } from "./config.ts";

/** Six different ports, all free at the moment of asking. */
export async function freePorts(): Promise<Ports> {
  const servers = await Promise.all(Array.from({ length: 6 }, listen));
  const [etcd = 0, etcdPeer = 0, apiServer = 0, controllerManager = 0, scheduler = 0, kwok = 0] = servers.map(portOf);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return { etcd, etcdPeer, apiServer, controllerManager, scheduler, kwok };
}

async function listen(): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject).listen(0, "127.0.0.1", () => resolve(server));
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}
