import { expect, test } from "@jest/globals";
import { watchAutoScaling } from "../../../rehearsal/eks/auto-scaling-watch.ts";
import type { AwsRequest } from "../../../rehearsal/gateway/service.ts";
import { world } from "./world.ts";

const request = (service: string, body: string): AwsRequest => ({
  service,
  region: "ap-northeast-2",
  accessKeyId: "AKIA",
  method: "POST",
  url: new URL("http://aws.rehearsal.invalid/"),
  headers: {},
  body: Buffer.from(body),
});

test.each([
  ["autoscaling", "Action=SetDesiredCapacity&DesiredCapacity=3", 200, 1],
  ["autoscaling", "Version=2011-01-01&Action=CreateAutoScalingGroup", 200, 1],
  ["autoscaling", "Action=DescribeAutoScalingGroups", 200, 0],
  ["autoscaling", "Action=DeleteAutoScalingGroup", 400, 0],
  ["ec2", "Action=CreateOrUpdateTags", 200, 0],
])("%s %s answered %d: %d looks at self-managed groups", async (service, body, status, looks) => {
  let looked = 0;
  const eks = {
    refreshSelfManagedGroups: async () => {
      looked += 1;
    },
  };
  const upstream = watchAutoScaling(
    async () => ({ status, headers: {}, body: Buffer.from("") }),
    eks,
    () => {},
  );
  expect((await upstream(request(service, body))).status).toBe(status);
  expect(looked).toBe(looks);
});

test("a look that fails is logged; the caller still gets its answer", async () => {
  const lines: string[] = [];
  const eks = { refreshSelfManagedGroups: () => Promise.reject(new Error("moto ended")) };
  const upstream = watchAutoScaling(
    async () => ({ status: 200, headers: {}, body: Buffer.from("made") }),
    eks,
    (line) => lines.push(line),
  );
  expect((await upstream(request("autoscaling", "Action=CreateAutoScalingGroup"))).body.toString()).toBe("made");
  expect(lines).toEqual(["self-managed groups were not looked at: moto ended"]);
});

const autoScalingGroup = (cluster: string, desired: number) => `<member>
  <AutoScalingGroupName>legacy</AutoScalingGroupName><DesiredCapacity>${desired}</DesiredCapacity>
  <VPCZoneIdentifier>subnet-a,subnet-c</VPCZoneIdentifier>
  <LaunchTemplate><LaunchTemplateId>lt-self</LaunchTemplateId><Version>3</Version></LaunchTemplate>
  <Tags><member><Key>kubernetes.io/cluster/${cluster}</Key><Value>owned</Value></member><member><Key>Name</Key><Value>x</Value></member></Tags>
</member>`;

test("self-managed groups are found by their tag, and followed when told to look", async () => {
  const there = world();
  await there.cluster();
  there.aws.launchTemplates.set(
    "lt-self",
    "<instanceType>c7i.xlarge</instanceType><blockDeviceMappingSet><item><ebs><volumeSize>40</volumeSize></ebs></item></blockDeviceMappingSet>",
  );
  there.aws.autoScalingGroups = autoScalingGroup("demo", 2) + autoScalingGroup("other", 5);
  await there.service.refreshSelfManagedGroups();
  expect(there.told.nodes).toMatchObject([
    {
      name: "legacy",
      kind: "self-managed",
      desired: 2,
      zones: ["ap-northeast-2a", "ap-northeast-2c"],
      instanceTypes: ["c7i.xlarge"],
      diskGiB: 40,
      capacityType: "ON_DEMAND",
    },
  ]);
  there.aws.autoScalingGroups = "";
  await there.service.refreshSelfManagedGroups();
  expect(there.told.nodes).toEqual([]);
});
