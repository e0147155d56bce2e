/** Bucket policies that deny under a condition, such as "not by TLS". */
import { failure } from "../../gateway/protocol.ts";
import type { Correction } from "../../gateway/service.ts";
import { isSuccess } from "../answers.ts";

/** Field beside Statement in which the policy as it was given waits to be read again; moto ignores it. */
const given = "RehearsalGiven";

export const bucketPolicy: Correction = {
  id: "s3-bucket-policy",
  service: "s3",
  why: "moto 5.2.5 enforces bucket policies without looking at Condition, so a TLS-only policy denies everything; S3 user guide, bucket policies: a statement with a condition applies only where it holds. A rehearsal enforces no IAM, so conditional denials are put aside.",
  applies: (request) => request.url.searchParams.has("policy") && (request.method === "PUT" || request.method === "GET"),
  async before(request) {
    if (request.method !== "PUT") return request;
    const policy = parsed(request.body);
    if (policy === undefined) return failure(request, 400, "MalformedPolicy", "This policy contains invalid Json");
    const statements = [policy.Statement].flat().filter((statement) => !(statement?.Effect === "Deny" && statement.Condition));
    const body = { ...policy, Statement: statements, [given]: request.body.toString("utf8") };
    const { "content-md5": _digest, ...headers } = request.headers;
    return { ...request, headers, body: Buffer.from(JSON.stringify(body)) };
  },
  async after(request, response) {
    if (request.method !== "GET" || !isSuccess(response)) return response;
    const original = parsed(response.body)?.[given];
    return typeof original === "string" ? { ...response, body: Buffer.from(original) } : response;
  },
};

interface Policy {
  readonly Statement?: Statement | readonly Statement[];
  readonly [given]?: unknown;
}

interface Statement {
  readonly Effect?: string;
  readonly Condition?: unknown;
}

function parsed(body: Buffer): Policy | undefined {
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
