/** Requests and answers for tests of the gateway and of corrections. */
import type { AwsRequest, AwsResponse, Correction } from "../../../rehearsal/gateway/service.ts";

export const region = "ap-northeast-2";

/** A query protocol request, as EC2 and IAM get it. */
export function query(service: string, parameters: Readonly<Record<string, string>>): AwsRequest {
  return {
    service,
    region,
    accessKeyId: "rehearsal",
    method: "POST",
    url: new URL("http://aws.rehearsal.invalid/"),
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: Buffer.from(new URLSearchParams(parameters).toString()),
  };
}

/** A JSON protocol request, as Athena and SSM get it. */
export function json(service: string, target: string, body: object): AwsRequest {
  const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": target };
  return { ...query(service, {}), headers, body: Buffer.from(JSON.stringify(body)) };
}

/** A REST request, as S3 and EFS get it. */
export function rest(service: string, method: string, path: string, body = ""): AwsRequest {
  return {
    ...query(service, {}),
    method,
    url: new URL(path, `http://${service}.${region}.amazonaws.com`),
    headers: {},
    body: Buffer.from(body),
  };
}

export function answer(body: string | object, status = 200): AwsResponse {
  return { status, headers: {}, body: Buffer.from(typeof body === "string" ? body : JSON.stringify(body)) };
}

export interface Emulator {
  /** What reached the emulator, in order. */
  readonly asked: AwsRequest[];
  /** What Terraform gets. */
  ask(request: AwsRequest): Promise<string>;
  /** The same with status. */
  respond(request: AwsRequest): Promise<AwsResponse>;
}

/** One correction before an emulator whose answers are given. */
export function corrected(correction: Correction, emulate: (request: AwsRequest) => AwsResponse): Emulator {
  const asked: AwsRequest[] = [];
  const upstream = async (request: AwsRequest) => {
    asked.push(request);
    return emulate(request);
  };
  const respond = async (request: AwsRequest) => {
    if (!correction.applies(request)) return upstream(request);
    const result = (await correction.before?.(request, upstream)) ?? request;
    const response = "status" in result ? result : await upstream(result);
    return (await correction.after?.(request, response, upstream)) ?? response;
  };
  return { asked, respond, ask: async (request) => (await respond(request)).body.toString("utf8") };
}
