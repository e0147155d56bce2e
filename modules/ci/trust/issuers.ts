/** Whose tokens an account trusts: issuers, and statements of trust in some of their subjects. Pure. */
import { type Condition, type Statement, trust } from "../../iam/policy.ts";

/** What tokens say for whom they are: what aws-actions/configure-aws-credentials asks for. */
const stsAudience = "sts.amazonaws.com";
const githubHost = "token.actions.githubusercontent.com";
const circleHost = "oidc.circleci.com/org";

/** An issuer of tokens, without https://, and the audience for which its tokens must be. */
export interface Issuer {
  readonly host: string;
  readonly audience: string;
}

export const github: Issuer = { host: githubHost, audience: stsAudience };

/** CircleCI has an issuer per organization, whose id is the audience, too. */
export function circleci(organization: string): Issuer {
  return { host: `${circleHost}/${organization}`, audience: organization };
}

/** ARN of an issuer's provider in an account. */
export function providerArn(account: string, { host }: Issuer): string {
  return `arn:aws:iam::${account}:oidc-provider/${host}`;
}

/** Trusts jobs with these subjects, by `StringLike` only where one of them has a wildcard. */
export function trustSubjects(why: string, arn: string, { host, audience }: Issuer, subjects: readonly string[]): Statement {
  const [first = "", ...more] = subjects;
  const subject = { [`${host}:sub`]: more.length === 0 ? first : subjects };
  const forUs = { [`${host}:aud`]: audience };
  const condition: Condition = subjects.some((wanted) => /[*?]/.test(wanted))
    ? { StringEquals: forUs, StringLike: subject }
    : { StringEquals: { ...forUs, ...subject } };
  return trust(why, { federated: [arn] }, "sts:AssumeRoleWithWebIdentity", condition);
}
