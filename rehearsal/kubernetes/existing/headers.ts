/**
 * Headers of a request on its way to the user's own cluster: the client's without whatever says who it is, and the identity that its token
 * proved. (https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/) Pure.
 */
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";
import type { KubernetesUser } from "../../identity/principal.ts";

/** Of one connection only (RFC 9110, 7.6.1); Node writes its own. */
const hopByHop = new Set([
  "connection",
  "keep-alive",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** The token; undefined where the header holds none. */
export function bearerOf({ authorization = "" }: IncomingHttpHeaders): string | undefined {
  return /^bearer\s+(\S+)$/i.exec(authorization.trim())?.[1];
}

/** `own`: what authenticates the kubeconfig's user. `upgrade`: the protocol that the client changes to, for exec and port-forward. */
export function forwardedHeaders(
  client: IncomingHttpHeaders,
  { username, groups }: Pick<KubernetesUser, "username" | "groups">,
  own: Readonly<Record<string, string>>,
  upgrade?: string,
): OutgoingHttpHeaders {
  const named = new Set(
    String(client.connection ?? "")
      .split(",")
      .map((name) => name.trim().toLowerCase()),
  );
  const passed = Object.entries(client).filter(([name]) => !hopByHop.has(name) && !named.has(name) && !speaksOfIdentity(name));
  return {
    ...Object.fromEntries(passed.map(([name, value]) => [name, name === "sec-websocket-protocol" ? withoutToken(String(value)) : value])),
    ...own,
    "impersonate-user": username,
    "impersonate-group": [...new Set([...groups, "system:authenticated"])],
    ...(upgrade === undefined ? {} : { connection: "Upgrade", upgrade }),
  };
}

function speaksOfIdentity(name: string): boolean {
  // x-remote-*: those of an authenticating proxy, should the kubeconfig's certificate be one's.
  return name === "authorization" || name === "host" || name.startsWith("impersonate-") || name.startsWith("x-remote-");
}

/** The API server takes tokens as a WebSocket protocol, too. */
function withoutToken(protocols: string): string {
  return protocols
    .split(",")
    .map((protocol) => protocol.trim())
    .filter((protocol) => !protocol.startsWith("base64url.bearer.authorization.k8s.io."))
    .join(", ");
}

/** The answer that the API server gives to whom it does not know. */
export function unauthorized(reason: string): object {
  return {
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Failure",
    message: `Unauthorized: ${reason}`,
    reason: "Unauthorized",
    code: 401,
  };
}
