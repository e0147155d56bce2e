/** AWS resources of an add-on, by the one that has some: Karpenter's queue of interruptions. */
import { describe, expect, test } from "@jest/globals";
import { resourcesOf } from "../../../modules/terraform-json.ts";
import { environmentOf, minimal, synthStack } from "../../support/synth.ts";

const environment = environmentOf({ cluster: { ...minimal.cluster, karpenter: true }, addons: { karpenter: {} } });
const resources = resourcesOf(synthStack(environment, "addons"));
const of = (type: string) => resources.filter((resource) => resource.type === type);

describe("Karpenter's queue", () => {
  test("is encrypted, keeps events for five minutes and has the name that the controller listens to", () => {
    const [release] = of("helm_release").filter(({ name }) => name === "addons_karpenter_release");
    expect(of("aws_sqs_queue").map(({ attributes }) => attributes)).toEqual([
      expect.objectContaining({ name: "mainline-test-karpenter", message_retention_seconds: 300, sqs_managed_sse_enabled: true }),
    ]);
    expect(String(release?.attributes.values)).toContain("interruptionQueue: mainline-test-karpenter\n");
  });

  test.each([
    ["health", "aws.health", "AWS Health Event"],
    ["rebalance", "aws.ec2", "EC2 Instance Rebalance Recommendation"],
    ["reservation", "aws.ec2", "EC2 Capacity Reservation Instance Interruption Warning"],
    ["spot", "aws.ec2", "EC2 Spot Instance Interruption Warning"],
    ["state", "aws.ec2", "EC2 Instance State-change Notification"],
  ])("gets events of the rule %s", (key, source, detailType) => {
    const rule = of("aws_cloudwatch_event_rule").find(({ attributes }) => attributes.name === `mainline-test-karpenter-${key}`);
    expect(JSON.parse(String(rule?.attributes.event_pattern))).toEqual({ source: [source], "detail-type": [detailType] });
    const targets = of("aws_cloudwatch_event_target").filter(({ attributes }) => String(attributes.rule).includes(rule?.address ?? "none"));
    expect(targets.map(({ attributes }) => attributes.arn)).toEqual([`\${${of("aws_sqs_queue")[0]?.address}.arn}`]);
  });

  test("takes messages of its own rules only, and nothing in the clear", () => {
    const [policy] = of("aws_sqs_queue_policy");
    const { Statement: statements } = JSON.parse(String(policy?.attributes.policy)) as { readonly Statement: readonly object[] };
    expect(statements).toEqual([
      expect.objectContaining({
        Effect: "Allow",
        Action: "sqs:SendMessage",
        Principal: { Service: "events.amazonaws.com" },
        Condition: { ArnLike: { "aws:SourceArn": "arn:aws:events:ap-northeast-2:111122223333:rule/mainline-test-karpenter-*" } },
      }),
      expect.objectContaining({ Effect: "Deny", Action: "sqs:*", Condition: { Bool: { "aws:SecureTransport": "false" } } }),
    ]);
  });

  test("is there before the controller, with all that fills it", () => {
    const [release] = of("helm_release").filter(({ name }) => name === "addons_karpenter_release");
    const made = [...of("aws_sqs_queue_policy"), ...of("aws_cloudwatch_event_target")].map(({ address }) => address);
    expect(made).toHaveLength(6);
    expect(release?.attributes.depends_on).toEqual(expect.arrayContaining(made));
  });
});
