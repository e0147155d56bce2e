/**
 * EKS's own deletion protection, which no state knows: Terraform would take the nodes first and fail at the cluster. Source: Amazon EKS user guide,
 * "Protect EKS clusters from accidental deletion".
 */
import { DescribeClusterCommand, type EKSClient, ResourceNotFoundException } from "@aws-sdk/client-eks";
import { UserError } from "../../environments/user-error.ts";

/** Rejects where AWS would refuse to delete the cluster. One that is gone, or was never made, is protected by nothing. */
export async function checkClusterProtection(client: EKSClient, name: string): Promise<void> {
  const { cluster } = await client.send(new DescribeClusterCommand({ name })).catch((error: Error) => {
    if (error instanceof ResourceNotFoundException) return { cluster: undefined };
    throw new UserError(
      `AWS does not say whether ${name} is protected from being deleted: ${error.message}. Use a role that may describe it.`,
    );
  });
  if (cluster?.deletionProtection !== true) return;
  throw new UserError(
    `Somebody turned on the deletion protection of ${name}. Ask why; then: aws eks update-cluster-config --name ${name} --no-deletion-protection`,
  );
}
