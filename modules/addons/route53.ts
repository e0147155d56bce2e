/**
 * Rights on records of Route 53, shared by what writes DNS. A hosted zone is a coarse resource: the conditions on names, types and actions
 * of the change keep each controller to its own records (Route 53 developer guide, "Using IAM policy conditions for fine-grained access
 * control to manage resource record sets"). The names in a request are lower case, without a last dot; `*` is `\052`.
 */
import { allow, type Statement } from "../iam/policy.ts";

export interface RecordRights {
  readonly why: string;
  /** Ids of hosted zones; empty: all of the account. */
  readonly zones: readonly string[];
  /** Patterns of record names, as StringLike takes them. */
  readonly names: readonly string[];
  readonly types: readonly string[];
  readonly actions: readonly ("CREATE" | "UPSERT" | "DELETE")[];
}

/** May change these records and no others. */
export function changeRecords({ why, zones, names, types, actions }: RecordRights): Statement {
  const resources = zones.length > 0 ? zones.map((id) => `arn:aws:route53:::hostedzone/${id}`) : ["arn:aws:route53:::hostedzone/*"];
  return allow(why, "route53:ChangeResourceRecordSets", resources, {
    "ForAllValues:StringLike": { "route53:ChangeResourceRecordSetsNormalizedRecordNames": names },
    "ForAllValues:StringEquals": {
      "route53:ChangeResourceRecordSetsRecordTypes": types,
      "route53:ChangeResourceRecordSetsActions": actions,
    },
  });
}
