/** Builds and pipelines: what they may do on their machine, what they are told in clear, what they deploy and who says yes. */
import type { Detector, Finding, JsonObject, ResourceChange, StackPlan } from "../model.ts";
import { findingOn, type Kind, settings } from "../reading/changes.ts";
import { changes, type Switch, switched, turnsOn } from "../reading/switches.ts";
import { objectsOf, textOf, valueAt } from "../reading/values.ts";

const kinds = {
  privileged: {
    rule: "pipeline-privileged",
    danger: "caution",
    because: "A build then owns its machine, and what it builds is text of whoever may push",
    remedy: "leave it to the build that makes images, and give that one few rights",
  },
  clear: {
    rule: "pipeline-secret-in-clear",
    danger: "danger",
    because: "It stands in the state, in the console and in the history of the repository; take it for known",
    remedy: "put it into Secrets Manager and name it with type SECRETS_MANAGER; replace the one that was written here",
  },
  source: {
    rule: "pipeline-source-changed",
    danger: "caution",
    because: "Whoever may push there decides what is deployed",
    remedy: "check that the branch is protected like the one before",
  },
  approval: {
    rule: "pipeline-approval-removed",
    danger: "danger",
    because: "What reaches the branch is deployed from now on, and nobody is asked",
    remedy: "keep the approval, or say in the pull request what takes its place",
  },
} as const satisfies Readonly<Record<string, Kind>>;

const rows: readonly Switch[] = [
  {
    types: ["aws_lambda_function"],
    path: ["s3_bucket"],
    tells: changes,
    onCreate: false,
    kind: kinds.source,
    what: "takes its code from elsewhere",
  },
  {
    types: ["aws_codebuild_project"],
    path: ["environment", "privileged_mode"],
    tells: turnsOn,
    onCreate: false,
    kind: kinds.privileged,
    what: "its builds are privileged",
  },
];

export const pipelines: Detector = (plan) => [
  ...switched(plan, rows),
  ...settings(plan).flatMap((change) => {
    if (change.type === "aws_codebuild_project") return inClear(plan, change);
    return change.type === "aws_codepipeline" && change.action !== "create" ? stages(plan, change) : [];
  }),
];

/** Names of secrets; the values are told nowhere. */
const secretName = /TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|PRIVATE_?KEY|API_?KEY|ACCESS_?KEY/i;

function inClear(plan: StackPlan, { address, before, after }: ResourceChange): readonly Finding[] {
  const named = (values: JsonObject | null) =>
    objectsOf(valueAt(values ?? {}, ["environment", "environment_variable"]))
      .filter(({ type }) => type === undefined || type === null || type === "PLAINTEXT")
      .flatMap(({ name }) => textOf(name) ?? [])
      .filter((name) => secretName.test(name));
  const fresh = named(after).filter((name) => !named(before).includes(name));
  return fresh.length === 0 ? [] : [findingOn(plan, address, kinds.clear, "is given a secret in clear", fresh)];
}

function stages(plan: StackPlan, { address, before, after }: ResourceChange): readonly Finding[] {
  const [old, next] = [actionsOf(before), actionsOf(after)];
  const sources = next.flatMap(({ name, category, configuration }) => {
    const was = old.find((action) => action.category === "Source" && action.name === name);
    return category === "Source" && was !== undefined && was.configuration !== configuration
      ? [`${was.configuration} → ${configuration}`]
      : [];
  });
  const asks = (actions: typeof old) => actions.filter(({ category }) => category === "Approval").map(({ name }) => name);
  const lost = asks(old).filter((name) => !asks(next).includes(name));
  return [
    ...(sources.length > 0 ? [findingOn(plan, address, kinds.source, "takes its source from elsewhere", sources)] : []),
    ...(lost.length > 0 ? [findingOn(plan, address, kinds.approval, "nobody approves any more", lost)] : []),
  ];
}

interface Step {
  readonly name: string;
  readonly category: string;
  /** Repository and branch, of a source. */
  readonly configuration: string;
}

function actionsOf(pipeline: JsonObject | null): readonly Step[] {
  return objectsOf(pipeline?.stage).flatMap((stage) =>
    objectsOf(stage.action).map((action) => {
      const parts = ["FullRepositoryId", "RepositoryName", "BranchName", "Branch", "S3Bucket", "S3ObjectKey", "ImageTag"];
      const configuration = parts.flatMap((key) => textOf(valueAt(action, ["configuration", key])) ?? []).join(" ");
      return { name: textOf(action.name) ?? "", category: textOf(action.category) ?? "", configuration };
    }),
  );
}
