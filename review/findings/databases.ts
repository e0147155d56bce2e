/** Engines of databases, caches and search: another major version is a way of no return. */
import type { Detector, Json } from "../model.ts";
import type { Kind } from "../reading/changes.ts";
import { type Switch, switched } from "../reading/switches.ts";

const upgrade: Kind = {
  rule: "database-major-version",
  danger: "caution",
  because: "It is down while it is upgraded, and only a snapshot brings the version before back",
  remedy: "take a snapshot, try it on a copy, and check extensions and parameter groups",
};

const types = [
  "aws_db_instance",
  "aws_rds_cluster",
  "aws_elasticache_replication_group",
  "aws_elasticache_cluster",
  "aws_opensearch_domain",
];
const majorOf = (value: Json | undefined) => /\d+/.exec(String(value ?? ""))?.[0];
const isOther: Switch["tells"] = (after, before) =>
  majorOf(before) !== undefined && majorOf(after) !== undefined && majorOf(after) !== majorOf(before);

export const databases: Detector = (plan) =>
  switched(plan, [
    { types, path: ["engine_version"], tells: isOther, onCreate: false, kind: upgrade, what: "goes to another major version" },
  ]);
