import { expect, test } from "@jest/globals";
import { aclIcmp } from "../../../rehearsal/corrections/ec2/acl-icmp.ts";
import { deletedAttachments } from "../../../rehearsal/corrections/ec2/deleted-attachments.ts";
import { flowLogDestination } from "../../../rehearsal/corrections/ec2/flow-log-destination.ts";
import { launchTemplateTags } from "../../../rehearsal/corrections/ec2/launch-template-tags.ts";
import { metadataDefaults } from "../../../rehearsal/corrections/ec2/metadata-defaults.ts";
import { ruleDescriptions } from "../../../rehearsal/corrections/ec2/rule-descriptions.ts";
import { tagsOnCreate } from "../../../rehearsal/corrections/ec2/tags-on-create.ts";
import { transitGatewayTables, transitGatewayUndo } from "../../../rehearsal/corrections/ec2/transit-gateway-defaults.ts";
import { formOf } from "../../../rehearsal/gateway/protocol.ts";
import type { AwsRequest } from "../../../rehearsal/gateway/service.ts";
import { answer, corrected, query } from "../gateway/requests.ts";

const ec2 = (Action: string, parameters: Record<string, string> = {}) => query("ec2", { Action, Version: "2016-11-15", ...parameters });
const actions = (asked: readonly AwsRequest[]) => asked.map((request) => formOf(request).get("Action"));

test("flow logs: file format and partitions are told again, only for the flow log that has them", async () => {
  const emulator = corrected(flowLogDestination(), (request) =>
    formOf(request).get("Action") === "CreateFlowLogs"
      ? answer("<CreateFlowLogsResponse><flowLogIdSet><item>fl-1</item></flowLogIdSet></CreateFlowLogsResponse>")
      : answer("<flowLogSet><item><flowLogId>fl-1</flowLogId></item><item><flowLogId>fl-2</flowLogId></item></flowLogSet>"),
  );
  await emulator.ask(
    ec2("CreateFlowLogs", { "DestinationOptions.FileFormat": "parquet", "DestinationOptions.HiveCompatiblePartitions": "true" }),
  );
  expect(await emulator.ask(ec2("DescribeFlowLogs"))).toBe(
    "<flowLogSet><item><flowLogId>fl-1</flowLogId><destinationOptions><fileFormat>parquet</fileFormat>" +
      "<hiveCompatiblePartitions>true</hiveCompatiblePartitions><perHourPartition>false</perHourPartition></destinationOptions></item>" +
      "<item><flowLogId>fl-2</flowLogId></item></flowLogSet>",
  );
});

test("network ACLs: ICMP type and code come back in their own entry until it is deleted", async () => {
  const entry = (egress: boolean) => `<item><egress>${egress}</egress><protocol>1</protocol><ruleNumber>320</ruleNumber></item>`;
  const acl = (id: string) => `<item><entrySet>${entry(true)}${entry(false)}</entrySet><networkAclId>${id}</networkAclId></item>`;
  const emulator = corrected(aclIcmp(), () => answer(acl("acl-1") + acl("acl-2")));
  const icmp = { NetworkAclId: "acl-2", RuleNumber: "320", Egress: "false", "Icmp.Type": "3", "Icmp.Code": "4" };
  await emulator.ask(ec2("CreateNetworkAclEntry", icmp));
  const completed = entry(false).replace("</item>", "<icmpTypeCode><code>4</code><type>3</type></icmpTypeCode></item>");
  expect(await emulator.ask(ec2("DescribeNetworkAcls"))).toBe(acl("acl-1") + acl("acl-2").replace(entry(false), completed));
  await emulator.ask(ec2("DeleteNetworkAclEntry", { NetworkAclId: "acl-2", RuleNumber: "320", Egress: "false" }));
  expect(await emulator.ask(ec2("DescribeNetworkAcls"))).toBe(acl("acl-1") + acl("acl-2"));
});

const groupRule =
  "<item><securityGroupRuleId>sgr-1</securityGroupRuleId><referencedGroupInfo><groupId>sg-9</groupId></referencedGroupInfo></item>";
const listRule = "<item><securityGroupRuleId>sgr-1</securityGroupRuleId><prefixListId>pl-9</prefixListId></item>";

test.each([
  ["group", { "IpPermissions.1.Groups.1.GroupId": "sg-9", "IpPermissions.1.Groups.1.Description": "from <lb>" }, groupRule],
  [
    "prefix list",
    { "IpPermissions.1.PrefixListIds.1.PrefixListId": "pl-9", "IpPermissions.1.PrefixListIds.1.Description": "from <lb>" },
    listRule,
  ],
])("rules that refer to a %s keep their description", async (_kind, permission, rule) => {
  const emulator = corrected(ruleDescriptions(), () => answer(`<securityGroupRuleSet>${rule}</securityGroupRuleSet>`));
  await emulator.ask(ec2("AuthorizeSecurityGroupIngress", permission));
  expect(await emulator.ask(ec2("DescribeSecurityGroupRules"))).toContain(
    "sgr-1</securityGroupRuleId><description>from &lt;lb&gt;</description>",
  );
});

test("rules: a changed description replaces the old one; what the emulator knows stays", async () => {
  const cidrRule =
    "<item><securityGroupRuleId>sgr-2</securityGroupRuleId><cidrIpv4>10.0.0.0/8</cidrIpv4><description>own</description></item>";
  const emulator = corrected(ruleDescriptions(), () => answer(groupRule + cidrRule));
  const change = { "SecurityGroupRule.1.SecurityGroupRuleId": "sgr-1", "SecurityGroupRule.1.SecurityGroupRule.Description": "new" };
  await emulator.ask(ec2("ModifySecurityGroupRules", { ...change, "SecurityGroupRule.1.SecurityGroupRule.ReferencedGroupId": "sg-9" }));
  const described = await emulator.ask(ec2("DescribeSecurityGroupRules"));
  expect(described.match(/<description>[^<]*/g)).toEqual(["<description>new", "<description>own"]);
});

test.each([
  ["CreateDhcpOptions", "dhcpOptionsId", "TagSpecification"],
  ["CreateTransitGatewayVpcAttachment", "transitGatewayAttachmentId", "TagSpecifications"],
])("tags given to %s are made by a second call", async (action, element, field) => {
  const emulator = corrected(tagsOnCreate, () => answer(`<${element}>id-1</${element}>`));
  const tags = { [`${field}.1.ResourceType`]: "any", [`${field}.1.Tag.1.Key`]: "Name", [`${field}.1.Tag.1.Value`]: "x" };
  await emulator.ask(ec2(action, tags));
  expect(Object.fromEntries(formOf(emulator.asked[1] ?? ec2("none")))).toEqual({
    Action: "CreateTags",
    Version: "2016-11-15",
    "ResourceId.1": "id-1",
    "Tag.1.Key": "Name",
    "Tag.1.Value": "x",
  });
});

test.each([
  ["no tags were given", {}, 200],
  ["the call failed", { "TagSpecification.1.ResourceType": "any", "TagSpecification.1.Tag.1.Key": "Name" }, 400],
])("no second call where %s", async (_case, tags, status) => {
  const emulator = corrected(tagsOnCreate, () => answer("<dhcpOptionsId>id-1</dhcpOptionsId>", status));
  await emulator.ask(ec2("CreateDhcpOptions", tags));
  expect(actions(emulator.asked)).toEqual(["CreateDhcpOptions"]);
});

test.each([
  ["DisassociateTransitGatewayRouteTable", "AssociateTransitGatewayRouteTable"],
  ["DisableTransitGatewayRouteTablePropagation", "EnableTransitGatewayRouteTablePropagation"],
])("%s is preceded by what it undoes", async (undo, record) => {
  const emulator = corrected(transitGatewayUndo, () => answer(""));
  await emulator.ask(ec2(undo, { TransitGatewayAttachmentId: "a", TransitGatewayRouteTableId: "t" }));
  expect(actions(emulator.asked)).toEqual([record, undo]);
});

test("a transit gateway names a default table only where the default is enabled", async () => {
  const options = (association: string) =>
    `<options><defaultRouteTableAssociation>${association}</defaultRouteTableAssociation><associationDefaultRouteTableId>t</associationDefaultRouteTableId></options>`;
  const emulator = corrected(transitGatewayTables, () => answer(options("enable") + options("disable")));
  expect(await emulator.ask(ec2("DescribeTransitGateways"))).toBe(
    `${options("enable")}<options><defaultRouteTableAssociation>disable</defaultRouteTableAssociation></options>`,
  );
});

test("a deleted transit gateway attachment is still shown, as deleted", async () => {
  const attachment = "<transitGatewayAttachmentId>a-1</transitGatewayAttachmentId><state>available</state>";
  const emulator = corrected(deletedAttachments(), (request) =>
    formOf(request).get("Action") === "DeleteTransitGatewayVpcAttachment"
      ? answer(`<transitGatewayVpcAttachment>${attachment}</transitGatewayVpcAttachment>`)
      : answer("<transitGatewayVpcAttachments/>"),
  );
  const describe = (id: string) => emulator.ask(ec2("DescribeTransitGatewayVpcAttachments", { "TransitGatewayAttachmentIds.1": id }));
  await emulator.ask(ec2("DeleteTransitGatewayVpcAttachment", { TransitGatewayAttachmentId: "a-1" }));
  expect(await describe("a-1")).toContain(
    "<item><transitGatewayAttachmentId>a-1</transitGatewayAttachmentId><state>deleted</state></item>",
  );
  expect(await describe("a-2")).toBe("<transitGatewayVpcAttachments/>");
});

test("metadata defaults are kept per region and taken away by no-preference", async () => {
  const emulator = corrected(metadataDefaults(), () => answer("", 500));
  await emulator.ask(ec2("ModifyInstanceMetadataDefaults", { HttpTokens: "required", HttpPutResponseHopLimit: "1" }));
  await emulator.ask(ec2("ModifyInstanceMetadataDefaults", { HttpPutResponseHopLimit: "-1", HttpEndpoint: "no-preference" }));
  expect(await emulator.ask(ec2("GetInstanceMetadataDefaults"))).toContain(
    "<accountLevel><httpTokens>required</httpTokens></accountLevel>",
  );
  expect(await emulator.ask({ ...ec2("GetInstanceMetadataDefaults"), region: "us-east-1" })).toContain("<accountLevel></accountLevel>");
  expect(emulator.asked).toEqual([]);
});

test("a launch template's data does not hold the template's own tags", async () => {
  const specification = (type: string) =>
    `<item><resourceType>${type}</resourceType><tagSet><item><key>a</key><value>b</value></item></tagSet></item>`;
  const data = (...types: string[]) => `<tagSpecificationSet>${types.map(specification).join("")}</tagSpecificationSet>`;
  const emulator = corrected(launchTemplateTags, () => answer(data("instance", "launch-template", "volume")));
  expect(await emulator.ask(ec2("DescribeLaunchTemplateVersions"))).toBe(data("instance", "volume"));
});
