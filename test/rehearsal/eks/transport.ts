/** An AWS client's transport, without a socket: a request of theirs becomes one of the gateway's. */
import type { EKSClientConfig } from "@aws-sdk/client-eks";
import type { AwsRequest, Upstream } from "../../../rehearsal/gateway/service.ts";

/** What a client hands over. The form is that of the SDK's HttpRequest. */
interface ClientRequest {
  readonly method: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

type Caller = Pick<AwsRequest, "service" | "region" | "accessKeyId">;

/** For `requestHandler` of any AWS client. */
export function transport(send: Upstream, caller: Caller): EKSClientConfig["requestHandler"] {
  return {
    async handle(request: ClientRequest) {
      const { status, headers, body } = await send({
        ...caller,
        method: request.method,
        url: urlOf(request),
        headers: request.headers,
        body: bytesOf(request.body),
      });
      return { response: { statusCode: status, headers, body: new Uint8Array(body) } };
    },
  };
}

/** The SDK's bytes warn when they are taken for text, which Buffer.from does with what is not a plain Uint8Array. */
function bytesOf(body: string | Uint8Array = ""): Buffer {
  return typeof body === "string" ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
}

function urlOf({ protocol, hostname, path, query = {} }: ClientRequest): URL {
  const url = new URL(`${protocol}//${hostname}${path}`);
  for (const [key, value] of Object.entries(query)) {
    for (const item of Array.isArray(value) ? value : [value ?? ""]) url.searchParams.append(key, item);
  }
  return url;
}
