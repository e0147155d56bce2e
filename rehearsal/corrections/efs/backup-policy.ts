/** Whether AWS Backup takes a file system by itself. */
import type { AwsResponse, Correction } from "../../gateway/service.ts";

const path = /^\/2015-02-01\/file-systems\/([^/]+)\/backup-policy$/;

export function backupPolicy(): Correction {
  const policies = new Map<string, string>();
  return {
    id: "efs-backup-policy",
    service: "elasticfilesystem",
    why: "moto 5.2.5 lacks PutBackupPolicy; EFS API reference: it answers with the policy, and DescribeBackupPolicy returns it.",
    applies: ({ method, url }) => path.test(url.pathname) && (method === "PUT" || method === "GET"),
    async before(request) {
      const id = path.exec(request.url.pathname)?.[1] ?? "";
      if (request.method === "PUT") {
        const { BackupPolicy } = JSON.parse(request.body.toString("utf8")) as { BackupPolicy: { Status: string } };
        policies.set(id, BackupPolicy.Status);
      }
      const status = policies.get(id);
      return status === undefined ? request : answer(status);
    },
  };
}

/** The real service passes through ENABLING and DISABLING; it is there at once here. */
function answer(Status: string): AwsResponse {
  return { status: 200, headers: { "content-type": "application/json" }, body: Buffer.from(JSON.stringify({ BackupPolicy: { Status } })) };
}
