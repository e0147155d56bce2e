/** How AWS requests name their action and how AWS words an error, by protocol. */
import type { AwsRequest, AwsResponse } from "./service.ts";

/** Form fields of a query protocol request (EC2, IAM, STS, Auto Scaling, ELB, SNS): body, else query. */
export function formOf({ method, url, headers, body }: AwsRequest): URLSearchParams {
  const form = headers["content-type"]?.startsWith("application/x-www-form-urlencoded") && method === "POST";
  return form ? new URLSearchParams(body.toString("utf8")) : url.searchParams;
}

/** What is asked, for the log and for corrections: "CreateVpc", or "PUT /?policy" where only the path tells (S3, EFS, EKS). */
export function actionOf(request: AwsRequest): string {
  const target = request.headers["x-amz-target"];
  if (target) return target.slice(target.lastIndexOf(".") + 1);
  const action = formOf(request).get("Action");
  if (action) return action;
  const flags = [...request.url.searchParams].filter(([key, value]) => value === "" && key !== "prefix").map(([key]) => key);
  const folder = request.service === "s3" ? "" : (request.url.pathname.split("/")[2] ?? "");
  return `${request.method} /${folder}${flags.length > 0 ? `?${flags.join("&")}` : ""}`;
}

/** An error that the client's SDK can read, in the protocol that the request speaks. `status` below 500 and 501 are not retried. */
export function failure(request: Pick<AwsRequest, "headers" | "service">, status: number, code: string, message: string): AwsResponse {
  const { headers, service } = request;
  const speaksXml = xmlServices.has(service) || headers["content-type"]?.startsWith("application/x-www-form-urlencoded");
  if (!speaksXml) {
    const body = JSON.stringify({ __type: code, message });
    return { status, headers: { "content-type": "application/json", "x-amzn-errortype": code }, body: Buffer.from(body) };
  }
  const error = `<Error><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error>`;
  return { status, headers: { "content-type": "text/xml", "x-amzn-errortype": code }, body: Buffer.from(xml(service, error)) };
}

/** Services whose requests say nothing about their protocol but whose answers are XML. */
const xmlServices = new Set(["", "s3", "ec2", "route53", "cloudfront"]);

/** The three envelopes of XML errors: S3's own, EC2's, and the query protocol's. */
function xml(service: string, error: string): string {
  if (service === "s3") return error.replace("</Error>", "<RequestId>rehearsal</RequestId></Error>");
  if (service === "ec2") return `<Response><Errors>${error}</Errors><RequestID>rehearsal</RequestID></Response>`;
  return `<ErrorResponse>${error}<RequestId>rehearsal</RequestId></ErrorResponse>`;
}

export function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
