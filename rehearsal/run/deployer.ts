/**
 * Who applies in a rehearsal. EKS takes no tokens of an account's root user, so what talks to Kubernetes must be somebody whom an access entry
 * names: the environment's first cluster administrator, as in reality.
 */
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import type { Environment } from "../../environments/schema.ts";
import { type Credentials, rehearsalKeys } from "../terraform/child-environment.ts";

/** The longest session that IAM allows, seconds: a kept rehearsal is used for a day. */
export const longestSession = 43_200;

/** Role of the first access entry with the policy cluster-admin; none where there is no cluster, and root applies. */
export function deployerRole({ account, cluster }: Pick<Environment, "account" | "cluster">): string | undefined {
  const own = Object.values(cluster?.access ?? {}).filter(({ role }) => role.includes(`:${account}:`));
  return own.find(({ policy, namespaces }) => policy === "cluster-admin" && namespaces.length === 0)?.role;
}

/** Assumes a role of the emulated account. `endpoint` must be the gateway, which notes the secret, so that it can check tokens. */
export async function assume(endpoint: string, region: string, role: string): Promise<Credentials> {
  const client = new STSClient({ endpoint, region, credentials: rehearsalKeys });
  const command = new AssumeRoleCommand({ RoleArn: role, RoleSessionName: "rehearsal", DurationSeconds: longestSession });
  const { Credentials: given } = await client.send(command).finally(() => client.destroy());
  const { AccessKeyId, SecretAccessKey, SessionToken } = given ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken) throw new Error(`The emulated STS gave no credentials for ${role}.`);
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}
