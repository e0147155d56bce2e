/** What reading and writing Terraform's state takes. The bucket and its key may be another environment's of the same account. */
import { allow, type Statement } from "../../iam/policy.ts";

/** Where an environment's states are. */
export interface StatePlace {
  readonly bucket: string;
  /** First part of the objects' names: the environment. */
  readonly folder: string;
  readonly keyAlias: string;
  readonly account: string;
  readonly region: string;
}

/** A key by its alias: its id is not known before the account has it. */
export function keyByAlias({ account, region }: Pick<StatePlace, "account" | "region">, alias: string) {
  const condition = { "ForAnyValue:StringEquals": { "kms:ResourceAliases": alias } };
  return { arn: `arn:aws:kms:${region}:${account}:key/*`, condition };
}

/** Reads all states of the environment, and holds and releases their locks: a plan must not run beside an apply. */
export function readState(place: StatePlace): readonly Statement[] {
  const bucket = `arn:aws:s3:::${place.bucket}`;
  const { arn, condition } = keyByAlias(place, place.keyAlias);
  return [
    allow("read the environment's states", "s3:GetObject", `${bucket}/${place.folder}/*`),
    allow("find them", ["s3:ListBucket", "s3:GetBucketLocation"], bucket),
    allow("hold a lock while planning", ["s3:PutObject", "s3:DeleteObject"], `${bucket}/${place.folder}/*.tflock`),
    allow("states are encrypted, and so are locks", ["kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey"], arn, condition),
  ];
}

/** Besides that, writes them. Old versions stay: there is no right to delete one. */
export function writeState(place: StatePlace): readonly Statement[] {
  return [
    ...readState(place),
    allow("write the environment's states", ["s3:PutObject", "s3:DeleteObject"], `arn:aws:s3:::${place.bucket}/${place.folder}/*`),
  ];
}
