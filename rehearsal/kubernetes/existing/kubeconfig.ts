/** The user's own cluster as their kubeconfig tells it, and how to reach it with the kubeconfig's own credentials. */
import { existsSync } from "node:fs";
import { Agent, type RequestOptions } from "node:https";
import { KubeConfig } from "@kubernetes/client-node";
import { UserError } from "../../../environments/user-error.ts";
import { apiOver, type Connection } from "../api.ts";
import { notLocal, type Resolve } from "./address.ts";
import { checkedVersion } from "./rights.ts";

/** Plain data: it is sent to the process that holds a kept rehearsal. */
export interface ExistingCluster {
  /** Absolute path. */
  readonly kubeconfig: string;
  /** The kubeconfig's current one where absent. */
  readonly context?: string;
  /** The server may be anywhere. */
  readonly anywhere: boolean;
}

export interface OpenKubeconfig {
  readonly context: string;
  readonly connection: Connection;
  /** Release of its API server, for example "1.35.4". */
  readonly version: string;
}

/** Also asks the cluster, which makes nothing there. @throws UserError where it does not answer, or its user may too little */
export async function checkedKubeconfig(cluster: ExistingCluster, resolve?: Resolve): Promise<OpenKubeconfig> {
  const opened = await openKubeconfig(cluster, resolve);
  const api = apiOver(opened.connection);
  try {
    return { ...opened, version: await checkedVersion(api, opened.context, opened.connection.endpoint) };
  } finally {
    api.close();
  }
}

/** Reads it and refuses what a rehearsal must not use. @throws UserError */
export async function openKubeconfig(
  { kubeconfig, context, anywhere }: ExistingCluster,
  resolve?: Resolve,
): Promise<Omit<OpenKubeconfig, "version">> {
  const config = load(kubeconfig);
  const known = config.getContexts().map(({ name }) => name);
  const name = context ?? config.getCurrentContext();
  if (!known.includes(name)) {
    const missing = name ? `has no context "${name}"` : "has no current context";
    throw new UserError(`--kubeconfig: ${kubeconfig} ${missing}. Name one with --context: ${known.join(", ") || "it has none"}.`);
  }
  config.setCurrentContext(name);
  const cluster = config.getCurrentCluster();
  const where = `--kubeconfig: the context "${name}" of ${kubeconfig}`;
  if (!cluster || !config.getCurrentUser()) throw new UserError(`${where} names a cluster or a user that is not in it. Correct the file.`);
  if (!URL.canParse(cluster.server) || new URL(cluster.server).protocol !== "https:")
    throw new UserError(`${where} has the server "${cluster.server}"; it must be an https URL.`);
  if (cluster.proxyUrl) throw new UserError(`${where} goes through a proxy (proxy-url), which a rehearsal does not.`);
  if (config.getCurrentUser()?.impersonateUser)
    throw new UserError(`${where} impersonates somebody ("as"), which a rehearsal does itself. Use a user without it.`);
  const reason = anywhere ? undefined : await notLocal(cluster.server, resolve);
  if (reason)
    throw new UserError(
      `${where} leads to ${cluster.server}: ${reason}. A rehearsal installs into the cluster and deletes from it, so use one that may be ` +
        "lost, for example kind. If this one may, say so with --i-know.",
    );
  return { context: name, connection: connectionOf(config, cluster.server) };
}

function load(file: string): KubeConfig {
  if (!existsSync(file)) throw new UserError(`--kubeconfig is "${file}", and there is no such file.`);
  const config = new KubeConfig();
  try {
    config.loadFromFile(file);
  } catch (error) {
    throw new UserError(`--kubeconfig: ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  return config;
}

/** Asks the kubeconfig for every request, since tokens of exec plugins expire; connections stay while the TLS identity does. */
function connectionOf(config: KubeConfig, endpoint: string): Connection {
  let last: { readonly identity: string; readonly agent: Agent } | undefined;
  return {
    endpoint,
    options: async () => {
      const told: RequestOptions = {};
      await config.applyToHTTPSOptions(told);
      const { ca, cert, key, servername, rejectUnauthorized, auth } = told;
      const tls = { ca, cert, key, servername, ...(rejectUnauthorized === undefined ? {} : { rejectUnauthorized }) };
      const identity = JSON.stringify(tls);
      // The old agent's sockets close when they are idle; a watch may still use one.
      if (last?.identity !== identity) last = { identity, agent: new Agent({ keepAlive: true, ...tls }) };
      const basic: Record<string, string> = auth ? { authorization: `Basic ${Buffer.from(auth).toString("base64")}` } : {};
      const headers = Object.entries(told.headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]);
      return { agent: last.agent, headers: { ...basic, ...(Object.fromEntries(headers) as Record<string, string>) } };
    },
    close: () => {
      last?.agent.destroy();
      last = undefined;
    },
  };
}
