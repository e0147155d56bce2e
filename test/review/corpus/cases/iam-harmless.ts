/** Other words for the same rights, or fewer: nothing may be alarmed. */
import { add, type Case, policy } from "../case.ts";

const app = "aws_iam_policy.app";

export const harmlessIam: readonly Case[] = [
  { id: "policy-reordered", base: "sample", finds: [], change: policy(app, "policy", ({ Statement }) => void Statement.reverse()) },
  {
    id: "policy-sids-renamed",
    base: "sample",
    finds: [],
    change: policy(app, "policy", ({ Statement }) => {
      for (const statement of Statement) statement.Sid = `${statement.Sid}Renamed`;
    }),
  },
  {
    id: "policy-split",
    base: "sample",
    finds: [],
    change: policy(app, "policy", ({ Statement }) => {
      const [first] = Statement.splice(0, 1);
      for (const action of ["s3:ListBucket", "s3:GetObject"])
        Statement.push({ Effect: "Allow", Action: action, Resource: first?.Resource ?? [] });
    }),
  },
  {
    id: "policy-lists-of-one",
    base: "sample",
    finds: [],
    change: policy(app, "policy", ({ Statement }) => {
      for (const statement of Statement) statement.Action = [statement.Action ?? []].flat().reverse();
    }),
  },
  {
    id: "policy-narrowed",
    base: "sample",
    finds: [],
    change: policy(app, "policy", ({ Statement: [first] }) => {
      if (first) first.Action = ["s3:GetObject"];
    }),
  },
  {
    id: "role-narrow",
    base: "sample",
    finds: [],
    change: add("aws_iam_role.worker", {
      name: "sample-worker",
      assume_role_policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
      }),
    }),
  },
  {
    id: "trust-narrowed",
    base: "sample",
    finds: [],
    change: policy("aws_iam_role.deploy", "assume_role_policy", ({ Statement: [first] }) => {
      if (first)
        first.Condition = { ...first.Condition, StringLike: { "token.actions.githubusercontent.com:repository_owner_id": "1234" } };
    }),
  },
];
