/** What must exist in an account before its stacks: IAM roles that the environment's data names but no stack makes. */
import { CreateRoleCommand, EntityAlreadyExistsException, IAMClient } from "@aws-sdk/client-iam";
import type { Environment } from "../environments/schema.ts";
import { groupsByRole } from "../modules/tenancy/people.ts";
import { longestSession } from "./run/deployer.ts";
import { rehearsalKeys } from "./terraform/child-environment.ts";

export interface RoleName {
  readonly path: string;
  readonly name: string;
}

/** Roles of this account that the environment names: for people in the cluster and of teams, and for deletion. */
export function namedRoles({ account, cluster, protection, tenancy }: Environment): RoleName[] {
  const ofTeams = [...groupsByRole(tenancy?.teams ?? {}).keys()].map((role) => `arn:aws:iam::${account}:role/${role}`);
  const arns = [...Object.values(cluster?.access ?? {}).map(({ role }) => role), ...ofTeams, protection.deletionRole];
  const own = arns.flatMap((arn) => {
    const [, path = "", name] = new RegExp(`^arn:[^:]+:iam::${account}:role/(.*/)?([^/]+)$`).exec(arn ?? "") ?? [];
    return name === undefined ? [] : [{ path: `/${path}`, name }];
  });
  return [...new Map(own.map((role) => [role.name, role])).values()];
}

/** Creates the roles; the account itself may assume them. `endpoint` takes AWS requests directly. */
export async function seedRoles(endpoint: string, region: string, account: string, roles: readonly RoleName[]): Promise<void> {
  const client = new IAMClient({ endpoint, region, credentials: rehearsalKeys });
  const trust = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: "sts:AssumeRole" }],
  };
  for (const { path, name } of roles) {
    const command = new CreateRoleCommand({
      Path: path,
      RoleName: name,
      AssumeRolePolicyDocument: JSON.stringify(trust),
      MaxSessionDuration: longestSession,
    });
    await client.send(command).catch((error: unknown) => {
      if (!(error instanceof EntityAlreadyExistsException)) throw error;
    });
  }
  client.destroy();
}
