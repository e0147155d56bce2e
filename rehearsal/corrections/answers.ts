/** Reading and changing the emulator's XML answers. They have no attributes, comments or CDATA, so text is enough. */
import { formOf } from "../gateway/protocol.ts";
import type { AwsRequest, AwsResponse } from "../gateway/service.ts";

export function xmlOf(response: AwsResponse): string {
  return response.body.toString("utf8");
}

export function withXml(response: AwsResponse, xml: string): AwsResponse {
  return { ...response, body: Buffer.from(xml) };
}

export function isSuccess({ status }: AwsResponse): boolean {
  return status >= 200 && status < 300;
}

/** Text of the first element of that name. */
export function textOf(xml: string, element: string): string | undefined {
  return new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml)?.[1];
}

/** Texts of all elements of that name. */
export function textsOf(xml: string, element: string): string[] {
  return [...xml.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, "g"))].map((match) => match[1] ?? "");
}

/** Adds XML behind an element that is recognized by its text, for example a resource's id. */
export function insertAfter(xml: string, element: string, text: string, extra: string): string {
  const mark = `<${element}>${text}</${element}>`;
  return xml.replaceAll(mark, mark + extra);
}

/** A successful answer of the EC2 API. */
export function ec2Answer(action: string, inner: string): AwsResponse {
  const xml = `<${action}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>rehearsal</requestId>${inner}</${action}Response>`;
  return { status: 200, headers: { "content-type": "text/xml" }, body: Buffer.from(xml) };
}

/** True for a query protocol request of one of these actions. */
export function asks(request: AwsRequest, ...actions: readonly string[]): boolean {
  return actions.includes(formOf(request).get("Action") ?? "");
}

/** The same signature and connection, another call of the same query protocol service. */
export function call(request: AwsRequest, action: string, parameters: Readonly<Record<string, string>>): AwsRequest {
  const form = new URLSearchParams({ Action: action, Version: formOf(request).get("Version") ?? "2016-11-15", ...parameters });
  const headers = { ...request.headers, "content-type": "application/x-www-form-urlencoded; charset=utf-8" };
  return { ...request, method: "POST", headers, body: Buffer.from(form.toString()) };
}

/** Fields below a prefix, without it: `under(form, "TagSpecification.1.")`. */
export function under(form: URLSearchParams, prefix: string): Record<string, string> {
  return Object.fromEntries(
    [...form].filter(([name]) => name.startsWith(prefix)).map(([name, value]) => [name.slice(prefix.length), value]),
  );
}

/** Body of a JSON protocol request. */
export function jsonAsked<T>({ body }: AwsRequest): T {
  return JSON.parse(body.toString("utf8")) as T;
}

/** The same signature and connection, another action of the same JSON protocol. */
export function jsonCall(request: AwsRequest, action: string, body: object): AwsRequest {
  const [service] = (request.headers["x-amz-target"] ?? "").split(".");
  return { ...request, headers: { ...request.headers, "x-amz-target": `${service}.${action}` }, body: Buffer.from(JSON.stringify(body)) };
}

/** A successful answer of a JSON protocol service. */
export function jsonAnswer(body: object): AwsResponse {
  return { status: 200, headers: { "content-type": "application/x-amz-json-1.1" }, body: Buffer.from(JSON.stringify(body)) };
}
