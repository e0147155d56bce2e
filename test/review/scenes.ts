/** Pull requests that renderers are tried on. */

import { defaultPolicy, emptyPlan, policyOf, review } from "../../review/index.ts";
import type { StackPlan } from "../../review/model.ts";
import type { Override } from "../../review/overrides.ts";
import type { Review } from "../../review/review.ts";
import { afterApply, created, deleted, metaOf, plan, replaced, Sensitive, unchanged, updated } from "./plans.ts";

export const policy = policyOf(defaultPolicy, [
  { name: "shared", profile: "production" },
  { name: "dev", profile: "development" },
  { name: "prod", profile: "production" },
]);

const freshness = { commit: "4f2c9e1ab03d", plannedAt: "2026-11-21T14:00:00Z", stateSerial: 12 };

/** A change of the network in two environments, one of which differs; what waits for it; and what could not be planned. */
function network(environment: string, octet: number): StackPlan {
  const vpc = `10.${octet}.0.0/16`;
  const subnet = { cidr_block: `10.${octet}.0.0/19`, id: "subnet-0123456789abcdef0", tags: { Name: `mainline-${environment}-private` } };
  const retention = environment === "prod" ? { retention_in_days: 400 } : { retention_in_days: 30 };
  return {
    ...plan({
      stack: `${environment}-network`,
      changes: [
        replaced(
          "aws_subnet.subnets_private_apne2-az1",
          subnet,
          { ...subnet, cidr_block: `10.${octet}.32.0/19`, id: afterApply },
          "cidr_block",
        ),
        deleted("aws_route.routing_private_apne2-az1_egress", { id: "r-1" }),
        updated(
          "aws_cloudwatch_log_group.flow-logs_rejected_group",
          { retention_in_days: 90, arn: "a" },
          { ...retention, arn: afterApply },
        ),
        updated(
          "aws_vpc.vpc_main",
          { cidr_block: vpc, tags: { a: "1" }, tags_all: { a: "1" } },
          { cidr_block: vpc, tags: { a: "2" }, tags_all: { a: "2" } },
        ),
        updated("aws_launch_template.general", { latest_version: 3 }, { latest_version: afterApply }),
        created("aws_nat_gateway.nat_apne2-az2", { subnet_id: "subnet-2", connectivity_type: "public" }),
        created("aws_cloudwatch_metric_alarm.nat_ports", { alarm_name: `mainline-${environment}-nat-ports`, arn: afterApply }),
        { ...unchanged("aws_iam_role_policy.flow-logs_write", {}), movedFrom: "aws_iam_role_policy.flow-logs_rejected_policy" },
        unchanged("aws_internet_gateway.vpc_internet", { id: "igw-1" }),
      ],
      outputs: { legacySubnetIds: { actions: ["delete"], before: "subnet-1" } },
    }),
    freshness,
  };
}

const addons = plan({
  stack: "dev-addons",
  changes: [
    updated(
      "helm_release.grafana",
      { version: "1.0.0", values: ["adminPassword: old-one\nreplicas: 2\n"], metadata: [{ revision: 3 }] },
      { version: "1.1.0", values: ["adminPassword: new-one\nreplicas: 3\n"], metadata: afterApply },
    ),
    updated("aws_ssm_parameter.token", { value: new Sensitive("a") }, { value: new Sensitive("b") }),
    updated("aws_ssm_document.session", { content: "line 1\nline 2\nline 3\n" }, { content: "line 1\nline two\nline 3\n" }),
  ],
});

export const override: Override = {
  rule: "destroy-stateful",
  stack: "prod-network",
  address: "aws_subnet.subnets_private_apne2-az1",
  by: "kim@example.com",
  reason: "The subnet is empty since the move of 2026-11-14",
  until: "2026-12-31",
};

export const busyPlans: readonly StackPlan[] = [
  network("prod", 30),
  network("dev", 10),
  addons,
  emptyPlan(metaOf("prod-addons"), "deferred", "waits for prod-cluster, which was never applied"),
  emptyPlan(metaOf("shared-ci"), "failed", "Error: No valid credential sources found\nSet AWS_PROFILE."),
  plan({ stack: "dev-state", changes: [unchanged("aws_s3_bucket.state", {})] }),
];

export const busy: Review = review(busyPlans, policy, [{ ...override, stack: "dev-network" }]);

export const approved: Review = review([network("prod", 30)], policy, [override]);

export const quiet: Review = review([plan({ stack: "dev-network", changes: [unchanged("aws_vpc.vpc_main", {})] })], policy);
