/** The HTTP proxy of Terraform's AWS traffic. */
import type { EmulatedService, Upstream } from "./service.ts";

export interface GatewaySpec {
  readonly upstream: Upstream;
  readonly services: readonly EmulatedService[];
  /** Gets one line per request. */
  readonly log: (line: string) => void;
}

export interface Gateway {
  /** For HTTP_PROXY, for example http://127.0.0.1:40123 */
  readonly url: string;
  /** How often each "service action" was asked, for example "ec2 CreateVpc". */
  requests(): ReadonlyMap<string, number>;
  close(): Promise<void>;
}

/** For AWS_ENDPOINT_URL. Not loopback, or Go's HTTP client would not use the proxy; .invalid never resolves (RFC 6761). */
export const awsEndpoint = "http://aws.rehearsal.invalid";

export async function startGateway(_spec: GatewaySpec): Promise<Gateway> {
  throw new Error("not written yet");
}
