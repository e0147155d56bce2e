/** Saved queries that are deleted. */
import { actionOf, failure } from "../../gateway/protocol.ts";
import type { AwsRequest, Correction } from "../../gateway/service.ts";

export function namedQueries(): Correction {
  const deleted = new Set<string>();
  return {
    id: "athena-named-queries",
    service: "athena",
    why: "moto 5.2.5 lacks DeleteNamedQuery; Athena API reference: it succeeds with an empty answer, and GetNamedQuery then gives InvalidRequestException.",
    applies: (request) => ["DeleteNamedQuery", "GetNamedQuery"].includes(actionOf(request)),
    async before(request) {
      const id = queryId(request);
      if (actionOf(request) === "DeleteNamedQuery") {
        deleted.add(id);
        return { status: 200, headers: { "content-type": "application/x-amz-json-1.1" }, body: Buffer.from("{}") };
      }
      return deleted.has(id) ? failure(request, 400, "InvalidRequestException", `NamedQuery ${id} does not exist.`) : request;
    },
  };
}

function queryId({ body }: AwsRequest): string {
  const { NamedQueryId } = JSON.parse(body.toString("utf8")) as { NamedQueryId?: string };
  return NamedQueryId ?? "";
}
