/** Who may do what with the shared file system: clients in the VPC, encrypted on the wire, and never as root. */
import { allow, by, deny, policyDocument } from "../iam/policy.ts";

/** Source: EFS user guide, "Using IAM to control file system data access". */
export function fileSystemPolicy(fileSystemArn: string): string {
  return policyDocument(
    by(
      "*",
      allow(
        "security groups decide who reaches a mount target; no ClientRootAccess, so root in a pod is nobody on the file system",
        ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
        fileSystemArn,
        { Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" } },
      ),
    ),
    by("*", deny("no clear text on the wire", "*", fileSystemArn, { Bool: { "aws:SecureTransport": "false" } })),
  );
}
