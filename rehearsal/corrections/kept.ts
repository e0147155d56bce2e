/** Corrections for calls that the emulator does not have at all: what is made is kept, and read back as it was given. JSON protocols only. */
import { actionOf, failure } from "../gateway/protocol.ts";
import type { AwsRequest, AwsResponse, Correction, Upstream } from "../gateway/service.ts";

export type Fields = Readonly<Record<string, unknown>>;

/** What a call is about: the things kept so far by their key, what was asked, and the way to the emulator. */
export interface Call {
  readonly kept: Map<string, Fields>;
  readonly body: Fields;
  readonly request: AwsRequest;
  readonly upstream: Upstream;
}

/** An error of the service; 400 unless said otherwise. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** By action. `undefined` hands the request on to the emulator: it is about something else. */
export type Handlers = Readonly<Record<string, (call: Call) => Fields | undefined | Promise<Fields>>>;

/** Answers these calls; each set of corrections has its own memory. */
export function keeping(id: string, service: string, why: string, handlers: Handlers): Correction {
  const kept = new Map<string, Fields>();
  return {
    id,
    service,
    why,
    applies: (request) => Object.hasOwn(handlers, callOf(request)),
    async before(request, upstream): Promise<AwsRequest | AwsResponse> {
      try {
        const answer = await handlers[callOf(request)]?.({ kept, body: bodyOf(request), request, upstream });
        return answer === undefined ? request : jsonAnswer(answer);
      } catch (error) {
        if (error instanceof Refused) return failure(request, 400, error.code, error.message);
        throw error;
      }
    },
  };
}

/** Action of the JSON protocol, or the last part of the path where that names it. */
function callOf(request: AwsRequest): string {
  return request.headers["x-amz-target"] ? actionOf(request) : (request.url.pathname.split("/").at(-1) ?? "");
}

export function bodyOf({ body }: AwsRequest): Fields {
  return body.length === 0 ? {} : (JSON.parse(body.toString("utf8")) as Fields);
}

export function jsonAnswer(body: Fields): AwsResponse {
  return { status: 200, headers: { "content-type": "application/x-amz-json-1.1" }, body: Buffer.from(JSON.stringify(body)) };
}

/** What is kept under a key. */
export function found(kept: ReadonlyMap<string, Fields>, key: string, code: string): Fields {
  const thing = kept.get(key);
  if (!thing) throw new Refused(code, `${key} does not exist.`);
  return thing;
}

/** Tags of a thing, in the form of lists of Key and Value. */
export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** Account of the emulator, for ARNs. */
export async function accountOf(request: AwsRequest, upstream: Upstream): Promise<string> {
  const headers = {
    ...request.headers,
    authorization: request.headers.authorization?.replace(`/${request.service}/aws4_request`, "/sts/aws4_request") ?? "",
    "content-type": "application/x-www-form-urlencoded; charset=utf-8",
    "x-amz-target": "",
  };
  const body = Buffer.from("Action=GetCallerIdentity&Version=2011-06-15");
  const answer = await upstream({ ...request, service: "sts", method: "POST", url: new URL("/", request.url), headers, body });
  return /<Account>(\d+)</.exec(answer.body.toString("utf8"))?.[1] ?? "";
}

/** A time of the JSON protocol, in seconds. Always the same: a rehearsal asks nothing about it. */
export const someTime = 1_700_000_000;
