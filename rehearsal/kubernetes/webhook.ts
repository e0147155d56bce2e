/**
 * The TokenReview webhook that every control plane of a run asks who holds a token: one HTTP server on loopback, a path per cluster that
 * nobody can guess. (https://kubernetes.io/docs/reference/access-authn-authz/authentication/#webhook-token-authentication)
 */
import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { KubernetesUser } from "../identity/principal.ts";
import type { Refusal } from "../identity/token.ts";

export interface TokenWebhook {
  /** Where the API server of this cluster asks. */
  url(cluster: string): string;
  close(): Promise<void>;
}

export interface TokenWebhookSpec {
  decide(cluster: string, token: string): Promise<KubernetesUser | Refusal>;
  /** One line per refusal, with its reason; never the token. */
  log(line: string): void;
}

export async function startTokenWebhook({ decide, log }: TokenWebhookSpec): Promise<TokenWebhook> {
  const secret = randomUUID();
  const server = createServer((incoming, outgoing) => {
    const [, key, cluster = ""] = (incoming.url ?? "").split("?")[0]?.split("/") ?? [];
    if (key !== secret) {
      outgoing.writeHead(404).end();
      return;
    }
    answer(incoming, outgoing, decodeURIComponent(cluster)).catch((error: Error) => {
      log(`TokenReview for ${cluster} could not be read: ${error.message}`);
      outgoing.writeHead(400).end();
    });
  });

  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse, cluster: string) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { spec } = JSON.parse(Buffer.concat(chunks).toString("utf8")) as { spec: { token: string; audiences?: readonly string[] } };
    const decision = await decide(cluster, spec.token);
    if ("refused" in decision) log(`token refused for cluster ${cluster}: ${decision.refused}`);
    const status = "refused" in decision ? { authenticated: false, error: decision.refused } : { authenticated: true, user: decision };
    const review = { apiVersion: "authentication.k8s.io/v1", kind: "TokenReview", status: { ...status, audiences: spec.audiences } };
    outgoing.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(review));
  };

  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", () => resolve()));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: (cluster) => `http://127.0.0.1:${port}/${secret}/${encodeURIComponent(cluster)}`,
    close: () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
}
