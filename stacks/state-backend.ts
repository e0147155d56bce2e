/** Where a state lives: one bucket and key per account, one object per stack. */
import type { Environment } from "../environments/schema.ts";
import type { StackName } from "./contract.ts";

/** Bucket names are global, so the account is part of it. An environment that shares its account's bucket names its owner. */
export function stateBucket({ project, account, region, name, state }: Environment): string {
  return `${project}-${state.sharedWith ?? name}-tfstate-${account}-${region}`.slice(0, 63);
}

/** Alias of the key that encrypts states. The S3 backend takes an alias ARN, so that no generated id is needed at synth. */
export function stateKeyAlias({ project, name, state }: Environment): string {
  return `alias/${project}-${state.sharedWith ?? name}-tfstate`;
}

export function stateKeyAliasArn(environment: Environment): string {
  return `arn:aws:kms:${environment.region}:${environment.account}:${stateKeyAlias(environment)}`;
}

/** Settings that a backend and a remote state data source have in common. */
export function stateBackend(environment: Environment, stack: StackName) {
  const { account, region, name } = environment;
  return {
    bucket: stateBucket(environment),
    key: `${name}/${stack}.tfstate`,
    region,
    kmsKeyId: stateKeyAliasArn(environment),
    allowedAccountIds: [account],
  };
}
