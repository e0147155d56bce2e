import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group/index.js";
import { expect, test } from "@jest/globals";
import { App, Lazy } from "cdktf";
import { Construct, RootConstruct } from "constructs";
import { PlatformStack } from "../../stacks/platform-stack.ts";
import { environmentOf } from "../support/environment.ts";

class TrialStack extends PlatformStack {
  constructor(scope: Construct, name: "network" | "cluster") {
    super(scope, environmentOf(), name);
  }
}

test("an address is the path of the construct", () => {
  const stack = new TrialStack(new RootConstruct(), "network");
  const logs = new Construct(stack, "flow-logs");
  new CloudwatchLogGroup(logs, "group", { name: "flow" });
  expect(stack.toTerraform().resource?.aws_cloudwatch_log_group).toHaveProperty(["flow-logs_group"]);
});

test("two paths that join to one address are an error that names both", () => {
  const stack = new TrialStack(new RootConstruct(), "network");
  new CloudwatchLogGroup(new Construct(stack, "logs"), "flow_group", { name: "one" });
  new CloudwatchLogGroup(new Construct(stack, "logs_flow"), "group", { name: "two" });
  expect(() => stack.toTerraform()).toThrow(
    "test-network/logs/flow_group and test-network/logs_flow/group would both be aws_cloudwatch_log_group.logs_flow_group in Terraform.",
  );
});

test("a token of another stack is refused, and the error says what to do", () => {
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), "mainline-")) });
  const group = new CloudwatchLogGroup(new TrialStack(app, "network"), "group", { name: "one" });
  const consumer = new TrialStack(app, "cluster");
  new CloudwatchLogGroup(consumer, "group", { name: group.arn });
  expect(() => consumer.toTerraform()).toThrow("Publish it by a contract in stacks/contracts.ts");
  rmSync(app.outdir, { recursive: true });
});

test("a token that cannot be resolved is told with the line that made it", () => {
  const stack = new TrialStack(new RootConstruct(), "network");
  const name = Lazy.stringValue({
    produce: () => {
      throw new Error("no name yet");
    },
  });
  new CloudwatchLogGroup(stack, "group", { name });
  expect(() => stack.toTerraform()).toThrow(/no name yet\.\nObject creation stack:\n {2}at .*platform-stack\.test\.ts/s);
});
