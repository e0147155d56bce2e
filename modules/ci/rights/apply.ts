/**
 * What an apply may do: change what the environment's stacks are made of, in this account. No service is given whole and no identity is but the
 * platform's own; what must survive every apply is in the boundary (boundary.ts).
 */
import { allow, type Statement } from "../../iam/policy.ts";
import { type StatePlace, writeState } from "./state.ts";
import { changes } from "./verbs.ts";

export interface ApplyScope {
  readonly state: StatePlace;
  /** `<project>-<environment>`: names of roles, policies and buckets begin with it. */
  readonly prefix: string;
  /** Objects that Terraform itself puts somewhere: code of functions. */
  readonly assets: string;
}

/** Services that pods, nodes, builds and functions run in: who gets the platform's roles. */
const roleUsers = [
  "chatbot",
  "codebuild",
  "codedeploy",
  "codepipeline",
  "ec2",
  "ecr",
  "eks",
  "eks-fargate-pods",
  "events",
  "lambda",
  "pods.eks",
  "vpc-flow-logs",
];

/** What every apply needs, whatever its stacks: state and identities. */
export function applyRights({ state, prefix, assets }: ApplyScope): readonly Statement[] {
  const code = allow("code of functions", ["s3:DeleteObject", "s3:PutObject", "s3:PutObjectTagging"], assets);
  return [...writeState(state), code, ...identities(state.account, prefix), sharedGateways(state)];
}

/**
 * What changing one stack's resources takes. A policy per stack: a managed one has room for 6,144 characters, and a role for ten of them (IAM
 * guide, "IAM and AWS STS quotas").
 */
export function changesOf(stack: string, account: string): readonly Statement[] {
  return Object.entries(changes[stack] ?? {}).map(([service, verbs]) => {
    const actions = verbs.map((verb) => `${service}:${verb}*`);
    // IfExists: calls that make something name no resource yet, and have no account.
    return allow(`${service}, only of this account`, actions, "*", { StringEqualsIfExists: { "aws:ResourceAccount": account } });
  });
}

/** Roles, policies and profiles of the platform, by name; providers of clusters; roles that AWS services make for themselves. */
function identities(account: string, prefix: string): readonly Statement[] {
  const own = (kind: string) => `arn:aws:iam::${account}:${kind}/${prefix}-*`;
  return [
    allow(
      "roles, policies and instance profiles of this environment",
      ["Add", "Attach", "Create", "Delete", "Detach", "Put", "Remove", "Set", "Tag", "Untag", "Update"].map((verb) => `iam:${verb}*`),
      [own("role"), own("policy"), own("instance-profile")],
    ),
    allow(
      "providers of clusters, for IRSA",
      ["Create", "Delete", "Tag", "Untag", "Update", "Add", "Remove"]
        .map((verb) => `iam:${verb}OpenIDConnectProvider*`)
        .concat("iam:AddClientIDToOpenIDConnectProvider"),
      `arn:aws:iam::${account}:oidc-provider/oidc.eks.*`,
    ),
    allow(
      "AWS services make their own roles when first used",
      "iam:CreateServiceLinkedRole",
      `arn:aws:iam::${account}:role/aws-service-role/*`,
    ),
    allow("hand the platform's roles to the services that use them", "iam:PassRole", own("role"), {
      StringEquals: { "iam:PassedToService": roleUsers.map((service) => `${service}.amazonaws.com`) },
    }),
  ];
}

/** A transit gateway that is shared with this account is another's. */
function sharedGateways({ region }: StatePlace): Statement {
  const actions = ["ec2:CreateTransitGatewayVpcAttachment", "ec2:CreateRoute"];
  return allow("attach to a transit gateway of another account", actions, `arn:aws:ec2:${region}:*:transit-gateway/*`);
}
