/**
 * A small client of one Kubernetes API: JSON over TLS. (`@kubernetes/client-node` lends its types only: loading
 * it takes 0.6 s and 110 MB in every run.)
 */
import { Agent, request } from "node:https";

export interface ApiCredentials {
  readonly endpoint: string;
  readonly ca: string;
  /** Client certificate and key, PEM; or a bearer token. */
  readonly identity: { readonly cert: string; readonly key: string } | { readonly token: string };
}

/** How requests reach an API, where that is not the same for all of them (credentials that expire, for example). */
export interface Connection {
  /** URL of the API; may have a path. */
  readonly endpoint: string;
  /** For the next request. */
  options(): Promise<{ readonly agent: Agent; readonly headers: Readonly<Record<string, string>> }>;
  close(): void;
}

export interface Call {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** For example "/api/v1/nodes?limit=1". */
  readonly path: string;
  readonly body?: unknown;
  /** Of a PATCH; server-side apply where absent. */
  readonly contentType?: string;
}

/** The API refused or could not be reached (status 0). */
export class KubernetesError extends Error {
  readonly status: number;

  constructor(call: Call, status: number, message: string) {
    super(`${call.method} ${call.path}: ${status === 0 ? "no answer" : status}: ${message}`);
    this.status = status;
  }
}

export interface KubernetesApi {
  /** Sends one request. @throws KubernetesError */
  call<T>(call: Call): Promise<T>;
  /** Streams a watch line by line until it ends or `signal` aborts. @throws KubernetesError */
  stream(path: string, line: (text: string) => void, signal: AbortSignal): Promise<void>;
  close(): void;
}

export function kubernetesApi({ endpoint, ca, identity }: ApiCredentials): KubernetesApi {
  const agent = new Agent({ keepAlive: true, maxSockets: 24, ca, ...("cert" in identity ? identity : {}) });
  const headers: Record<string, string> = "token" in identity ? { authorization: `Bearer ${identity.token}` } : {};
  return apiOver({ endpoint, options: async () => ({ agent, headers }), close: () => agent.destroy() });
}

/** The same client over any connection. */
export function apiOver({ endpoint, options, close }: Connection): KubernetesApi {
  const base = endpoint.replace(/\/$/, "");
  const send = async (call: Call, chunk: (text: string) => void, signal?: AbortSignal): Promise<number> => {
    const { agent, headers: own } = await options();
    return new Promise((resolve, reject) => {
      const fail = (error: Error) => reject(new KubernetesError(call, 0, error.message));
      const contentType = call.contentType ?? (call.method === "PATCH" ? "application/apply-patch+yaml" : "application/json");
      const body = call.body === undefined ? undefined : JSON.stringify(call.body);
      const headers = { accept: "application/json", ...own, ...(body ? { "content-type": contentType } : {}) };
      const outgoing = request(new URL(`${base}${call.path}`), { agent, method: call.method, headers, signal }, (response) => {
        response.setEncoding("utf8").on("data", chunk).on("error", fail);
        response.on("end", () => resolve(response.statusCode ?? 0));
      });
      outgoing.on("error", fail).end(body);
    });
  };

  return {
    call: async <T>(call: Call) => {
      let text = "";
      const status = await send(call, (part) => {
        text += part;
      });
      if (status >= 400) throw new KubernetesError(call, status, statusMessage(text));
      return (text.startsWith("{") ? JSON.parse(text) : text) as T;
    },
    stream: async (path, line, signal) => {
      let rest = "";
      const call: Call = { method: "GET", path };
      const status = await send(
        call,
        (part) => {
          const lines = (rest + part).split("\n");
          rest = lines.pop() ?? "";
          lines.forEach(line);
        },
        signal,
      );
      if (status >= 400) throw new KubernetesError(call, status, statusMessage(rest));
    },
    close,
  };
}

function statusMessage(text: string): string {
  try {
    return String((JSON.parse(text) as { message?: unknown }).message ?? text);
  } catch {
    return text.slice(0, 500);
  }
}
