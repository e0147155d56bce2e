/** Databases, caches and search: another major version is a way of no return, a smaller machine a restart with less. */
import type { Detector, Json } from "../model.ts";
import type { Kind } from "../reading/changes.ts";
import { type Switch, switched } from "../reading/switches.ts";

const upgrade: Kind = {
  rule: "database-major-version",
  danger: "caution",
  because: "It is down while it is upgraded, and only a snapshot brings the version before back",
  remedy: "take a snapshot, try it on a copy, and check extensions and parameter groups",
};

const smaller: Kind = {
  rule: "database-smaller",
  danger: "caution",
  because: "It restarts, and has less memory and fewer connections than what uses it today",
  remedy: "look at its load over the last weeks first",
};

/** Size within a family: nano to large, then multiples of xlarge. Source: RDS user guide, "DB instance classes". */
function sizeOf(value: Json | undefined): number | undefined {
  const [, size = ""] = /^\w+\.[\w-]+\.(\w+)$/.exec(String(value ?? "")) ?? [];
  const small = ["nano", "micro", "small", "medium", "large", "xlarge"].indexOf(size);
  const [, times] = /^(\d+)xlarge$/.exec(size) ?? [];
  return times !== undefined ? 4 + Number(times) : small < 0 ? undefined : small;
}
const isSmaller: Switch["tells"] = (after, before) => {
  const [is, was] = [sizeOf(after), sizeOf(before)];
  return is !== undefined && was !== undefined && is < was;
};

const types = [
  "aws_db_instance",
  "aws_rds_cluster",
  "aws_elasticache_replication_group",
  "aws_elasticache_cluster",
  "aws_opensearch_domain",
];
const machines = ["aws_db_instance", "aws_rds_cluster_instance", "aws_elasticache_replication_group", "aws_elasticache_cluster"];
const majorOf = (value: Json | undefined) => /\d+/.exec(String(value ?? ""))?.[0];
const isOther: Switch["tells"] = (after, before) =>
  majorOf(before) !== undefined && majorOf(after) !== undefined && majorOf(after) !== majorOf(before);

export const databases: Detector = (plan) =>
  switched(plan, [
    { types, path: ["engine_version"], tells: isOther, onCreate: false, kind: upgrade, what: "goes to another major version" },
    ...["instance_class", "node_type"].map(
      (name): Switch => ({ types: machines, path: [name], tells: isSmaller, onCreate: false, kind: smaller, what: "becomes smaller" }),
    ),
  ]);
