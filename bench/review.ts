/** Plans for measuring a review: 30 stacks with 2,000 changes, each with as many resources that stay, in Terraform's own form. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [environments, stacks] = [["dev", "staging", "prod"], 10];
const changes = 2_000;

/** Writes plans.json and its plans into an empty folder. */
export function writePlans(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const names = environments.flatMap((environment) => Array.from({ length: stacks }, (_, index) => `${environment}-s${index}`));
  const each = Math.ceil(changes / names.length);
  for (const name of names) writeFileSync(join(folder, `${name}.json`), planText(name, each));
  const list = names.map((id) => ({ id, outcome: "planned", file: `${id}.json` }));
  writeFileSync(join(folder, "plans.json"), JSON.stringify({ version: 1, stacks: list }));
}

function planText(id: string, count: number): string {
  const entries = Array.from({ length: count * 2 }, (_, index) => entry(id, index, index < count));
  const values = entries.map(({ address, type, change }) => ({
    address,
    type,
    mode: "managed",
    values: change.before,
    sensitive_values: {},
  }));
  return JSON.stringify({
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: { root_module: { resources: values } },
    prior_state: { format_version: "1.0", values: { root_module: { resources: values } } },
    resource_changes: entries,
    configuration: {
      root_module: {
        resources: entries.map(({ address }) => ({
          address,
          expressions: { role: { references: ["aws_iam_role.r.id", "aws_iam_role.r"] } },
        })),
      },
    },
    complete: true,
    errored: false,
  });
}

/** Roles, rules, buckets and releases in turn, some replaced: what a version bump over everything looks like. */
function entry(id: string, index: number, changed: boolean) {
  const type =
    index % 25 === 0 ? "helm_release" : (["aws_iam_role_policy", "aws_vpc_security_group_ingress_rule", "aws_s3_bucket"][index % 3] ?? "");
  const before = { id: `${id}-${index}`, tags: { Name: `mainline-${id}-${index}` }, ...settings(type, id, index, "old") };
  const after = changed ? { ...before, ...settings(type, id, index, "new") } : before;
  const actions = !changed ? ["no-op"] : index % 50 === 0 ? ["delete", "create"] : ["update"];
  return {
    address: `${type}.thing_${index}`,
    type,
    name: `thing_${index}`,
    mode: "managed",
    provider_name: `registry.terraform.io/hashicorp/${type.split("_")[0]}`,
    change: { actions, before, after, after_unknown: changed ? { arn: true } : {}, before_sensitive: {}, after_sensitive: {} },
  };
}

function settings(type: string, id: string, index: number, side: string): object {
  const resource = [`arn:aws:s3:::${id}-${index}`, `arn:aws:s3:::${id}-${index}/${side}/*`];
  const statement = { Effect: "Allow", Action: ["s3:GetObject", "s3:ListBucket"], Resource: resource };
  if (type === "aws_iam_role_policy") return { role: "r", policy: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }) };
  if (type === "aws_vpc_security_group_ingress_rule")
    return { cidr_ipv4: `10.${index % 200}.0.0/16`, from_port: 443, to_port: 443, ip_protocol: "tcp", description: side };
  if (type === "aws_s3_bucket") return { bucket: `${id}-${index}`, force_destroy: false, object_lock_enabled: side === "new" };
  const workloads = Array.from({ length: 40 }, (_, one) => `component${one}:\n  replicas: ${one % 3}\n  image:\n    tag: ${side}-${one}\n`);
  return { name: `release-${index}`, chart: "chart", version: side === "old" ? "1.0.0" : "1.1.0", values: [workloads.join("")] };
}
