/**
 * AWS's Query protocol through the gateway's upstream, for the few calls that EKS makes: no socket, no credentials, and no client of 700
 * operations to load for seven of them. Source: the services' API references, "Making API requests" (version, parameters, errors).
 */
import { XMLParser } from "fast-xml-parser";
import type { AwsRequest, Upstream } from "../gateway/service.ts";

const versions = { autoscaling: "2011-01-01", ec2: "2016-11-15", iam: "2010-05-08", sts: "2011-06-15" } as const;

/** An element's text, its children by name, or one after another where it is repeated. */
export type Xml = string | Element | readonly (string | Element)[];
export interface Element {
  readonly [name: string]: Xml;
}

/** Sends one action. @returns what is inside of `<ActionResult>`, or of `<ActionResponse>` at EC2, which has no results. @throws QueryError */
export type Query = (service: keyof typeof versions, action: string, parameters?: Readonly<Record<string, string>>) => Promise<Xml>;

export class QueryError extends Error {
  constructor(
    action: string,
    /** AWS's own, for example "NoSuchEntity". */
    readonly code: string,
    message: string,
  ) {
    super(`${action}: ${code}: ${message}`);
    this.name = "QueryError";
  }
}

export function querying(upstream: Upstream, { region, accessKeyId }: Pick<AwsRequest, "region" | "accessKeyId">): Query {
  const parser = new XMLParser({ parseTagValue: false });
  return async (service, action, parameters = {}) => {
    const host = `${service}.${region}.amazonaws.com`;
    const credential = `${accessKeyId}/20260101/${region}/${service}/aws4_request`; // moto reads service and region from here
    const { status, body } = await upstream({
      service,
      region,
      accessKeyId,
      method: "POST",
      url: new URL(`http://${host}/`),
      headers: {
        host,
        "content-type": "application/x-www-form-urlencoded",
        authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=0`,
      },
      body: Buffer.from(new URLSearchParams({ Action: action, Version: versions[service], ...parameters }).toString()),
    });
    const answer: Xml = status === 200 || body.includes("<Error>") ? parser.parse(body.toString()) : body.toString();
    if (status !== 200) throw errorOf(action, status, answer);
    const response = at(answer, `${action}Response`) ?? "";
    return at(response, `${action}Result`) ?? response;
  };
}

/** EC2 has a list of errors, the other services one. */
function errorOf(action: string, status: number, answer: Xml): QueryError {
  const error = at(answer, "Response", "Errors", "Error") ?? at(answer, "ErrorResponse", "Error");
  return new QueryError(action, text(error, "Code") ?? `HTTP ${status}`, text(error, "Message") ?? String(answer));
}

/** `{ "Filter.1.Name": name, "Filter.1.Value.1": ... }`, as EC2 wants a filter. */
export function filter(name: string, values: readonly string[]): Record<string, string> {
  return { "Filter.1.Name": name, ...numbered("Filter.1.Value", values) };
}

/** `{ "<name>.1": first, "<name>.2": second }`: how a list is said. */
export function numbered(name: string, values: readonly string[]): Record<string, string> {
  return Object.fromEntries(values.map((value, place) => [`${name}.${place + 1}`, value]));
}

/** The element below, by names; undefined where it, or one on the way, is missing or repeated. */
export function at(value: Xml | undefined, ...path: readonly string[]): Xml | undefined {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  return typeof value === "object" && !isList(value) ? at(value[first], ...rest) : undefined;
}

/** The elements of a list. A repeated element is a list for the parser only where there is more than one. */
export function members(value: Xml | undefined, ...path: readonly string[]): readonly Element[] {
  const found = at(value, ...path);
  const list = found !== undefined && isList(found) ? found : [found];
  return list.filter((item): item is Element => typeof item === "object");
}

/** The text below, by names; undefined where there is none. */
export function text(value: Xml | undefined, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === "string" && found !== "" ? found : undefined;
}

const isList = (value: Xml): value is readonly (string | Element)[] => Array.isArray(value);
