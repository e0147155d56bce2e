/** Descriptions of security group rules that refer to a group or a prefix list. */
import { escapeXml, formOf } from "../../gateway/protocol.ts";
import type { AwsRequest, AwsResponse, Correction } from "../../gateway/service.ts";
import { asks, insertAfter, isSuccess, textOf, withXml, xmlOf } from "../answers.ts";

/** Rules are made by Authorize and changed by Modify; both are followed, and every answer that shows rules is completed. */
export function ruleDescriptions(): Correction {
  const descriptions = new Map<string, string>();
  return {
    id: "ec2-rule-descriptions",
    service: "ec2",
    why: "moto 5.2.5 keeps a rule's description only with a CIDR; EC2 API reference, SecurityGroupRule: every rule has one. Every plan would set it again.",
    applies: (request) =>
      asks(
        request,
        "AuthorizeSecurityGroupIngress",
        "AuthorizeSecurityGroupEgress",
        "ModifySecurityGroupRules",
        "DescribeSecurityGroupRules",
      ),
    async after(request, response) {
      if (!isSuccess(response)) return response;
      remember(descriptions, request, response);
      return complete(descriptions, response);
    },
  };
}

function remember(descriptions: Map<string, string>, request: AwsRequest, response: AwsResponse): void {
  const form = formOf(request);
  for (const [field, group] of modified(form)) {
    const description = form.get(`${field}.SecurityGroupRule.Description`);
    if (description === null || form.has(`${field}.SecurityGroupRule.CidrIpv4`)) descriptions.delete(group);
    else descriptions.set(group, description);
  }
  for (const rule of rulesOf(xmlOf(response))) {
    const wanted = authorized(form).find(({ target }) => rule.xml.includes(`>${target}<`));
    if (wanted && !rule.xml.includes("<description>")) descriptions.set(rule.id, wanted.description);
  }
}

/** `IpPermissions.1.Groups.1.Description` beside `IpPermissions.1.Groups.1.GroupId`, and the same for prefix lists. */
function authorized(form: URLSearchParams): { target: string; description: string }[] {
  return [...form].flatMap(([name, description]) => {
    const entry = /^(IpPermissions\.\d+\.(?:Groups|UserIdGroupPairs|PrefixListIds)\.\d+)\.Description$/.exec(name)?.[1];
    const target = form.get(`${entry}.GroupId`) ?? form.get(`${entry}.PrefixListId`);
    return entry && target ? [{ target, description }] : [];
  });
}

function modified(form: URLSearchParams): [field: string, id: string][] {
  return [...form].flatMap(([name, id]) => {
    const field = /^(SecurityGroupRule\.\d+)\.SecurityGroupRuleId$/.exec(name)?.[1];
    return field ? [[field, id]] : [];
  });
}

function complete(descriptions: ReadonlyMap<string, string>, response: AwsResponse): AwsResponse {
  const xml = rulesOf(xmlOf(response)).reduce((text, { id, xml: rule }) => {
    const description = descriptions.get(id);
    if (description === undefined || rule.includes("<description>")) return text;
    return insertAfter(text, "securityGroupRuleId", id, `<description>${escapeXml(description)}</description>`);
  }, xmlOf(response));
  return withXml(response, xml);
}

function rulesOf(xml: string): { id: string; xml: string }[] {
  return xml
    .split("<item><securityGroupRuleId>")
    .slice(1)
    .map((rest) => ({ id: textOf(`<securityGroupRuleId>${rest}`, "securityGroupRuleId") ?? "", xml: rest }));
}
