/** Decides IAM requests as AWS does (@cloud-copilot/iam-simulate), with the statements that a role gets. No request leaves the machine. */
import { runSimulation } from "@cloud-copilot/iam-simulate";
import { policyDocument, type Statement } from "../../modules/iam/policy.ts";

/** One request of a controller, or of who took over its pod. */
export interface Request {
  readonly action: string;
  readonly resource: string;
  /** Condition keys of the request, for example `aws:ResourceTag/...`. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
  /** What the other side allows, for example the trust policy of a role; without, nothing of another account is allowed. */
  readonly resourcePolicy?: object;
}

/** What an add-on's role must be able to do, and what it must not. A file per add-on in test/modules/addons/catalogue/. */
export interface Rights {
  /** Calls that it makes, by what they are for. */
  readonly needed: Readonly<Record<string, Request>>;
  /** At least five: another cluster's things, wildcards, ways to more rights. */
  readonly forbidden: Readonly<Record<string, Request>>;
}

const account = "111122223333";

/** The default policy of a KMS key: the account's own policies decide. Source: KMS developer guide, "Default key policy". */
const keyPolicy = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: "kms:*", Resource: "*" }],
};

/**
 * Whether a role of the account with these statements, and within this boundary, may do it.
 * @throws where the request itself cannot be: no such action, a resource or condition key that the action does not have.
 */
export async function isAllowed(
  statements: readonly Statement[],
  { action, resource, context = {}, resourcePolicy }: Request,
  boundary?: readonly Statement[],
): Promise<boolean> {
  const owner = resource.split(":")[4] || account;
  const contextVariables = Object.fromEntries(
    Object.entries(context).map(([key, value]) => [key, typeof value === "string" ? value : [...value]]),
  );
  const outcome = await runSimulation(
    {
      request: { principal: `arn:aws:iam::${account}:role/it`, action, resource: { resource, accountId: owner }, contextVariables },
      identityPolicies: [{ name: "own", policy: JSON.parse(policyDocument(...statements)) }],
      ...(boundary && { permissionBoundaryPolicies: [{ name: "boundary", policy: JSON.parse(policyDocument(...boundary)) }] }),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      ...(resourcePolicy && { resourcePolicy }),
      ...(action.startsWith("kms:") && { resourcePolicy: keyPolicy }),
    },
    {},
  );
  if (outcome.resultType === "error") throw new Error(`${action} on ${resource}: ${JSON.stringify(outcome.errors)}`);
  return outcome.overallResult === "Allowed";
}
