/** What watches or filters traffic, and goes: web ACLs, firewalls, flow logs, detection. */
import type { Danger, Detector, Finding, JsonObject, ResourceChange, StackPlan } from "../model.ts";
import { deletedNames, findingOn, type Kind, settings } from "../reading/changes.ts";
import { objectsOf, textOf, valueAt } from "../reading/values.ts";

const removed: Omit<Kind, "danger"> = {
  rule: "network-guard-removed",
  because: "What it guarded stays, and nobody notices that it is gone until it would have been needed",
  remedy: "say in the pull request what takes its place",
};
const weaker: Omit<Kind, "danger"> = {
  rule: "network-web-acl-weaker",
  because: 'Requests that it stopped reach the load balancer (WAF guide, "Web ACL rules")',
};

/** How bad its loss is, and the attributes that name what it guards. */
const guards: Readonly<Record<string, { readonly danger: Danger; readonly guarded: readonly string[]; readonly what: string }>> = {
  aws_flow_log: {
    danger: "caution",
    guarded: ["vpc_id", "subnet_id", "eni_id", "transit_gateway_id"],
    what: "traffic is no longer written down",
  },
  aws_guardduty_detector: { danger: "danger", guarded: [], what: "attacks are no longer looked for" },
  aws_networkfirewall_firewall: { danger: "danger", guarded: ["vpc_id"], what: "traffic is no longer inspected" },
  aws_shield_protection: { danger: "caution", guarded: ["resource_arn"], what: "floods are no longer answered" },
  aws_wafv2_web_acl_association: { danger: "danger", guarded: ["resource_arn"], what: "requests are no longer filtered" },
  aws_wafv2_web_acl_logging_configuration: { danger: "caution", guarded: ["resource_arn"], what: "requests are no longer written down" },
};

export const networkGuards: Detector = (plan) => [...losses(plan), ...settings(plan).flatMap((change) => webAcl(plan, change))];

function losses(plan: StackPlan): readonly Finding[] {
  const gone = deletedNames(plan);
  return plan.changes.flatMap(({ type, action, address, before }) => {
    const guard = guards[type];
    if (action !== "delete" || guard === undefined) return [];
    const names = (values: JsonObject | null) => guard.guarded.flatMap((name) => textOf(values?.[name]) ?? []);
    const own = names(before);
    if (own.some((name) => gone.has(name))) return [];
    const isElsewhere = plan.planned.some((object) => object.type === type && names(object.values).some((name) => own.includes(name)));
    return isElsewhere ? [] : [findingOn(plan, address, { ...removed, danger: guard.danger }, guard.what, own)];
  });
}

function webAcl(plan: StackPlan, { type, action, address, before, after }: ResourceChange): readonly Finding[] {
  if (type !== "aws_wafv2_web_acl" || action === "create") return [];
  const blocks = (values: JsonObject | null) => objectsOf(valueAt(values ?? {}, ["default_action", "block"])).length > 0;
  if (blocks(before) && !blocks(after)) return [findingOn(plan, address, { ...weaker, danger: "danger" }, "lets pass what no rule names")];
  const names = (values: JsonObject | null) => objectsOf(values?.rule).flatMap(({ name }) => textOf(name) ?? []);
  const kept = names(after);
  const lost = names(before).filter((name) => !kept.includes(name));
  return lost.length === 0 ? [] : [findingOn(plan, address, { ...weaker, danger: "caution" }, "loses rules", lost)];
}
