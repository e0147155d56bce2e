/** Deleting the resource policy of a file system. */
import { failure } from "../../gateway/protocol.ts";
import type { Correction } from "../../gateway/service.ts";

const path = /^\/2015-02-01\/file-systems\/([^/]+)\/policy$/;

export function policyDeletion(): Correction {
  const deleted = new Set<string>();
  return {
    id: "efs-policy-deletion",
    service: "elasticfilesystem",
    why: "moto 5.2.5 lacks DeleteFileSystemPolicy; EFS API reference: 200 without a body, and DescribeFileSystemPolicy then gives PolicyNotFound (404).",
    applies: ({ url }) => path.test(url.pathname),
    async before(request) {
      const id = path.exec(request.url.pathname)?.[1] ?? "";
      if (request.method === "DELETE") {
        deleted.add(id);
        return { status: 200, headers: { "content-type": "application/json" }, body: Buffer.alloc(0) };
      }
      if (request.method === "PUT") deleted.delete(id);
      return deleted.has(id) ? failure(request, 404, "PolicyNotFound", `File system ${id} has no policy.`) : request;
    },
  };
}
