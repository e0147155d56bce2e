/**
 * Decides who may assume a role, as STS does, from its trust policy (@cloud-copilot/iam-simulate). No request leaves the machine. The simulator
 * keeps `sub` and `aud` of issuers that AWS lists and drops those of any other; so the issuer that is asked about has the name of a listed one here.
 */
import { runSimulation } from "@cloud-copilot/iam-simulate";
import { type Issuer, providerArn } from "../../modules/ci/trust/issuers.ts";
import { policyDocument, type Statement } from "../../modules/iam/policy.ts";

/** A job with a token, or a role that asks. */
export type Asking = { readonly issuer: Issuer; readonly sub: string; readonly aud: string } | { readonly role: string };

const listed = "accounts.google.com";
const assumeAnything = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: ["sts:AssumeRole", "sts:TagSession"], Resource: "*" }],
};

/** Whether the role may be assumed. A role that asks may by its own policies assume every role: the trust alone decides. */
export async function isTrusted(trust: readonly Statement[], account: string, asking: Asking): Promise<boolean> {
  const document = policyDocument(...trust);
  const request: { principal: string; action: string; contextVariables: Record<string, string> } =
    "issuer" in asking
      ? {
          principal: providerArn(account, asking.issuer),
          action: "sts:AssumeRoleWithWebIdentity",
          contextVariables: { [`${listed}:sub`]: asking.sub, [`${listed}:aud`]: asking.aud },
        }
      : { principal: asking.role, action: "sts:AssumeRole", contextVariables: { "aws:PrincipalArn": asking.role } };
  const outcome = await runSimulation(
    {
      request: { ...request, resource: { resource: `arn:aws:iam::${account}:role/it`, accountId: account } },
      identityPolicies: "issuer" in asking ? [] : [{ name: "own", policy: assumeAnything }],
      resourcePolicy: JSON.parse("issuer" in asking ? document.replaceAll(`"${asking.issuer.host}:`, `"${listed}:`) : document),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  if (outcome.resultType === "error") throw new Error(JSON.stringify(outcome.errors));
  return outcome.overallResult === "Allowed";
}
