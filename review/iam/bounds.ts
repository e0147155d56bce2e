/** Which conditions really bind who asks, or what is asked for. */
import type { Condition } from "./condition.ts";
import type { Statement } from "./document.ts";

/** Keys that say who the caller is, or where a request comes from. Source: IAM user guide, "AWS global condition context keys"; KMS and EFS. */
const callers = new Set([
  "aws:principalaccount",
  "aws:principalarn",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:principalservicename",
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:sourceorgid",
  "aws:sourceorgpaths",
  "aws:sourceowner",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:userid",
  "kms:calleraccount",
  "elasticfilesystem:accessedviamounttarget",
  "s3:dataaccesspointaccount",
]);

/** Keys that bind what a permission on "*" reaches. Sources: IAM user guide, "Controlling access using tags"; KMS guide, "AWS KMS condition keys". */
const targets =
  /^(aws:(resourcetag|requesttag|resourceaccount|resourceorgid|calledvia|viaawsservice)|[a-z0-9-]+:resourcetag|kms:(viaservice|grantisforawsresource|encryptioncontext|resourcealiases)|ecs:cluster|iam:(passedtoservice|awsservicename|permissionsboundary)|s3:prefix)/;

/** A condition that lets pass only what is named: not a negated one, not one that a missing key satisfies, no bare wildcard. */
const names = ({ operator, ifExists, set, values }: Condition) =>
  !operator.includes("not") && operator !== "null" && !ifExists && set !== "forallvalues" && !values.some((value) => /^[*?]*$/.test(value));

/** Whether conditions limit who it is about to somebody. */
export function bindsCaller({ conditions }: Statement): boolean {
  return conditions.some(
    (condition) => names(condition) && (callers.has(condition.key) || (condition.key === "aws:sourceip" && !condition.values.some(isWide))),
  );
}

/** A block of addresses that nobody owns alone. */
const isWide = (block: string) => /\/[0-7]$/.test(block);

/** Whether a condition limits what it reaches. */
export function bindsTarget({ conditions }: Statement): boolean {
  return conditions.some((condition) => names(condition) && targets.test(condition.key));
}

export function hasCondition({ conditions }: Statement, key: string): boolean {
  return conditions.some((condition) => condition.key === key && names(condition));
}
