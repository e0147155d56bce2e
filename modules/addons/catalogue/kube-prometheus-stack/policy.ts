/** AWS rights of the monitoring stack. */
import { allow, type Statement } from "../../../iam/policy.ts";

/**
 * Reading metrics and alarms for Grafana. Source: Grafana documentation, "Configure CloudWatch", metrics only: no logs, no X-Ray.
 */
export function grafanaPolicy(region: string): Statement[] {
  const here = { StringEquals: { "aws:RequestedRegion": region } };
  return [
    allow(
      "metrics and their names; CloudWatch has no resources for them",
      ["cloudwatch:GetMetricData", "cloudwatch:ListMetrics"],
      "*",
      here,
    ),
    allow("alarms as annotations of a panel; not one by one", "cloudwatch:DescribeAlarmsForMetric", "*", here),
    allow("variables of dashboards: regions, instances, what carries a tag", ["ec2:DescribeInstances", "ec2:DescribeTags"], "*", here),
    allow("load balancers and others by their tags; has no resources", "tag:GetResources", "*", here),
  ];
}

/** Sending samples to one workspace of Amazon Managed Service for Prometheus. */
export function remoteWritePolicy(workspace: string): Statement[] {
  return [allow("samples for the lasting store", "aps:RemoteWrite", workspace)];
}
