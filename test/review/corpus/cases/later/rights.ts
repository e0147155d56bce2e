/** Rights on the platform: roles of CI, of pods, of the cluster. */
import { type Attributes, add, at, type Case, policy, ref, type Statement, set } from "../../case.ts";

const apply = "aws_iam_role.platform_apply_role";
const boundary = "aws_iam_policy.trust_boundary";
const planOwn = "aws_iam_role_policy.platform_plan_own";
const karpenter = "aws_iam_role_policy.addons_karpenter_identity-karpenter_role_own";
const secrets = "aws_iam_role_policy.addons_external-secrets_identity-external-secrets_role_own";
const actions = ({ Action = [] }: Statement) => [Action].flat();
const conditions = (address: string, attribute: string, edit: (condition: NonNullable<Statement["Condition"]>) => void) =>
  policy(address, attribute, ({ Statement: [first] }) => {
    if (first?.Condition) edit(first.Condition);
  });
const document = (...Statement: readonly object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const github = "token.actions.githubusercontent.com";

export const rights: readonly Case[] = [
  {
    id: "apply-trusts-every-job",
    base: "ci",
    finds: ["iam-trust-"],
    at: apply,
    change: conditions(apply, "assume_role_policy", (condition) => {
      condition.StringEquals = { [`${github}:aud`]: "sts.amazonaws.com" };
      condition.StringLike = { [`${github}:sub`]: "repo:example/mainline:*" };
    }),
  },
  {
    id: "apply-trusts-any-audience",
    base: "ci",
    finds: ["iam-trust-", "iam-condition-"],
    at: apply,
    change: conditions(apply, "assume_role_policy", ({ StringEquals }) => {
      delete StringEquals?.[`${github}:aud`];
    }),
  },
  {
    id: "boundary-may-be-changed",
    base: "ci",
    finds: ["iam-deny-", "iam-limit-"],
    at: boundary,
    change: policy(boundary, "policy", ({ Statement }) => void Statement.splice(1, 1)),
  },
  {
    id: "boundary-by-not-resource",
    base: "ci",
    finds: ["iam-deny-", "iam-limit-"],
    at: boundary,
    change: policy(boundary, "policy", ({ Statement }) => {
      const assuming = Statement.find(({ Action }) => Action === "sts:AssumeRole");
      if (!assuming) throw new Error("no statement about sts:AssumeRole");
      delete assuming.Resource;
      assuming.NotResource = "arn:aws:iam::999900001111:role/*";
    }),
  },
  {
    id: "plan-reads-secrets",
    base: "ci",
    finds: ["iam-deny-"],
    at: planOwn,
    change: policy(planOwn, "policy", ({ Statement }) => {
      for (const statement of Statement)
        if (statement.Effect === "Deny") statement.Action = actions(statement).filter((action) => !action.startsWith("secretsmanager:"));
    }),
  },
  {
    id: "plan-becomes-power-user",
    base: "ci",
    finds: ["iam-"],
    at: "platform_plan_ReadOnlyAccess",
    change: set("aws_iam_role_policy_attachment.platform_plan_ReadOnlyAccess", { policy_arn: "arn:aws:iam::aws:policy/PowerUserAccess" }),
  },
  {
    id: "identity-provider-audience-added",
    base: "ci",
    finds: ["iam-identity-provider", "iam-trust-"],
    at: "trust_github_provider",
    change: set("aws_iam_openid_connect_provider.trust_github_provider", { client_id_list: ["sts.amazonaws.com", "https://example.net"] }),
  },
  {
    id: "karpenter-terminates-anything",
    base: "addons",
    finds: ["iam-condition-", "iam-"],
    at: karpenter,
    change: policy(karpenter, "policy", ({ Statement }) => {
      for (const statement of Statement) if (actions(statement).includes("ec2:TerminateInstances")) delete statement.Condition;
    }),
  },
  {
    id: "secrets-of-every-environment",
    base: "addons",
    finds: ["iam-"],
    at: secrets,
    change: policy(secrets, "policy", ({ Statement }) => {
      for (const statement of Statement) if (actions(statement).includes("secretsmanager:GetSecretValue")) statement.Resource = "*";
    }),
  },
  {
    id: "pod-role-for-any-pod",
    base: "cluster",
    finds: ["iam-trust-", "iam-condition-"],
    at: "ebs-csi-role_role",
    change: conditions("aws_iam_role.workload-addons_ebs-csi-role_role", "assume_role_policy", ({ StringEquals }) => {
      delete StringEquals?.["aws:RequestTag/kubernetes-service-account"];
      delete StringEquals?.["aws:RequestTag/kubernetes-namespace"];
    }),
  },
  {
    id: "grants-if-exists",
    base: "cluster",
    finds: ["iam-condition-", "iam-"],
    at: "ebs-csi-role_own",
    change: policy("aws_iam_role_policy.workload-addons_ebs-csi-role_own", "policy", ({ Statement }) => {
      for (const statement of Statement) if (statement.Condition) statement.Condition = { BoolIfExists: statement.Condition.Bool ?? {} };
    }),
  },
  {
    id: "deletion-guard-with-exception",
    base: "cluster",
    finds: ["iam-"],
    at: "deletion-guard_policy",
    change: policy("aws_iam_policy.deletion-guard_policy", "policy", ({ Statement: [first] }) => {
      if (first?.Condition?.ArnNotEquals)
        first.Condition.ArnNotEquals["aws:PrincipalArn"] = [
          "arn:aws:iam::777788889999:role/platform-owner",
          "arn:aws:iam::777788889999:role/developer",
        ];
    }),
  },

  // Harmless: the same rights in other words, or fewer.
  {
    id: "plan-trust-by-like",
    base: "ci",
    finds: [],
    change: conditions("aws_iam_role.platform_plan_role", "assume_role_policy", (condition) => {
      const { [`${github}:sub`]: subject = [], ...rest } = condition.StringEquals ?? {};
      condition.StringEquals = rest;
      condition.StringLike = { [`${github}:sub`]: [subject].flat().reverse() };
    }),
  },
  {
    id: "apply-may-less",
    base: "ci",
    finds: [],
    change: policy("aws_iam_policy.platform_ci", "policy", ({ Statement: [first] }) => {
      if (first) first.Action = actions(first).filter((action) => !/Run|Terminate/.test(action));
    }),
  },
  {
    id: "boundary-denies-more",
    base: "ci",
    finds: [],
    change: policy(
      boundary,
      "policy",
      ({ Statement }) => void Statement.push({ Effect: "Deny", Action: "ec2:PurchaseReservedInstancesOffering", Resource: "*" }),
    ),
  },
  {
    id: "apply-session-shorter",
    base: "ci",
    finds: [],
    change: set(apply, { max_session_duration: 3600, description: "Applies the workspace" }),
  },
  {
    id: "role-for-a-pod",
    base: "addons",
    finds: [],
    change: (draft) => {
      const own = structuredClone(at(draft, "aws_iam_role.addons_karpenter_identity-karpenter_role_role")) as Attributes;
      own.name = "mainline-prod-reports";
      own.assume_role_policy = String(own.assume_role_policy)
        .replaceAll('"karpenter"', '"reports"')
        .replaceAll('"kube-system"', '"monitoring"');
      add("aws_iam_role.reports", own)(draft);
      add("aws_iam_role_policy.reports", {
        name: "own",
        role: ref("aws_iam_role.reports.name"),
        policy: document({ Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::mainline-prod-reports/*" }),
      })(draft);
    },
  },
];
