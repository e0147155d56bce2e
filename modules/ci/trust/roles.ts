/** Trust in roles that exist, or will: pods of Jenkins and Atlantis take their rights by it. */
import { type Statement, trust } from "../../iam/policy.ts";

/**
 * Roles that may assume another, also with session tags. By account and condition, not by name as the principal: IAM refuses a principal that
 * does not exist yet, and turns the name of one that is deleted into a dead id (IAM guide, "AWS JSON policy elements: Principal").
 */
export function trustRoles(why: string, arns: readonly string[]): readonly Statement[] {
  if (arns.length === 0) return [];
  const accounts = [...new Set(arns.map((arn) => arn.split(":")[4] ?? ""))];
  const roots = accounts.map((account) => `arn:aws:iam::${account}:root`);
  const [first = "", ...more] = arns;
  const condition = { ArnEquals: { "aws:PrincipalArn": more.length === 0 ? first : arns } };
  return [trust(why, { aws: roots }, ["sts:AssumeRole", "sts:TagSession"], condition)];
}
