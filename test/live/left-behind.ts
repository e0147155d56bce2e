/** What controllers leave in AWS beside the states, made by AWS's own clients in an emulated one. */
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateSnapshotCommand,
  CreateVolumeCommand,
  DescribeSecurityGroupsCommand,
  DescribeSnapshotsCommand,
  DescribeSubnetsCommand,
  DescribeVolumesCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import {
  CreateLoadBalancerCommand as CreateClassicCommand,
  DescribeLoadBalancersCommand as DescribeClassicCommand,
  ElasticLoadBalancingClient,
} from "@aws-sdk/client-elastic-load-balancing";
import {
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import {
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
  Route53Client,
} from "@aws-sdk/client-route-53";

export interface Behind {
  /** Services of type LoadBalancer, a claim with a snapshot, and a host, as their controllers leave them. */
  leave(): Promise<void>;
  /** What of it is there. */
  found(): Promise<string[]>;
  close(): void;
}

type Clients = ReturnType<typeof clientsOf>;

export function behind(endpoint: string, region: string): Behind {
  const clients = clientsOf(endpoint, region);
  return {
    leave: () => leave(clients, region),
    found: () => found(clients),
    close: () => {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}

function clientsOf(endpoint: string, region: string) {
  const config = { endpoint, region, credentials: { accessKeyId: "rehearsal", secretAccessKey: "rehearsal" } };
  return {
    ec2: new EC2Client(config),
    elb: new ElasticLoadBalancingV2Client(config),
    classic: new ElasticLoadBalancingClient(config),
    dns: new Route53Client(config),
  };
}

async function leave({ ec2, elb, classic, dns }: Clients, region: string): Promise<void> {
  const { Subnets: subnets = [] } = await ec2.send(
    new DescribeSubnetsCommand({ Filters: [{ Name: "tag:kubernetes.io/role/elb", Values: ["1"] }] }),
  );
  const [subnet] = subnets;
  const Tags = [
    { Key: "elbv2.k8s.aws/cluster", Value: "mainline-dev" },
    { Key: "service.k8s.aws/stack", Value: "shop/web" },
  ];
  await elb.send(new CreateLoadBalancerCommand({ Name: "k8s-shop-web", Type: "network", Subnets: [subnet?.SubnetId ?? ""], Tags }));
  await elb.send(new CreateTargetGroupCommand({ Name: "k8s-shop-web-1", Protocol: "TCP", Port: 80, VpcId: subnet?.VpcId, Tags }));
  const group = { GroupName: "k8s-traffic-dev", Description: "[k8s] Shared Backend SecurityGroup", VpcId: subnet?.VpcId };
  const { GroupId } = await ec2.send(
    new CreateSecurityGroupCommand({ ...group, TagSpecifications: [{ ResourceType: "security-group", Tags }] }),
  );
  // The controller lets its group in where the targets are: AWS keeps a group that a rule names.
  const { SecurityGroups: [nodes] = [] } = await ec2.send(
    new DescribeSecurityGroupsCommand({ Filters: [{ Name: "group-name", Values: ["mainline-dev-nodes"] }] }),
  );
  const IpPermissions = [{ IpProtocol: "tcp", FromPort: 8080, ToPort: 8080, UserIdGroupPairs: [{ GroupId }] }];
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: nodes?.GroupId, IpPermissions }));
  const ofClaim = {
    "kubernetes.io/cluster/mainline-dev": "owned",
    "ebs.csi.aws.com/cluster": "true",
    "kubernetes.io/created-for/pvc/name": "data",
  };
  const volumeTags = Object.entries(ofClaim).map(([Key, Value]) => ({ Key, Value }));
  const { VolumeId } = await ec2.send(
    new CreateVolumeCommand({
      Size: 8,
      AvailabilityZone: `${region}a`,
      TagSpecifications: [{ ResourceType: "volume", Tags: volumeTags }],
    }),
  );
  await ec2.send(new CreateSnapshotCommand({ VolumeId, TagSpecifications: [{ ResourceType: "snapshot", Tags: volumeTags }] }));
  await classic.send(
    new CreateClassicCommand({
      ...{
        LoadBalancerName: "a0123456789",
        SecurityGroups: [GroupId ?? ""],
        Subnets: [subnet?.SubnetId ?? ""],
        Tags: [{ Key: "kubernetes.io/cluster/mainline-dev", Value: "owned" }],
      },
      Listeners: [{ Protocol: "TCP", LoadBalancerPort: 80, InstancePort: 30080 }],
    }),
  );
  const { HostedZone } = await dns.send(new CreateHostedZoneCommand({ Name: "dev.example.com", CallerReference: "test" }));
  const mark = '"heritage=external-dns,external-dns/owner=mainline-dev,external-dns/resource=service/shop/web"';
  const sets: ResourceRecordSet[] = [
    { Name: "web.dev.example.com", Type: "A", TTL: 300, ResourceRecords: [{ Value: "192.0.2.1" }] },
    { Name: "external-dns-a.web.dev.example.com", Type: "TXT", TTL: 300, ResourceRecords: [{ Value: mark }] },
    { Name: "other.dev.example.com", Type: "A", TTL: 300, ResourceRecords: [{ Value: "192.0.2.1" }] },
  ];
  const Changes = sets.map((ResourceRecordSet) => ({ Action: "CREATE" as const, ResourceRecordSet }));
  await dns.send(new ChangeResourceRecordSetsCommand({ HostedZoneId: HostedZone?.Id, ChangeBatch: { Changes } }));
}

async function found({ ec2, elb, classic, dns }: Clients): Promise<string[]> {
  const { LoadBalancers = [] } = await elb.send(new DescribeLoadBalancersCommand({}));
  const { TargetGroups = [] } = await elb.send(new DescribeTargetGroupsCommand({}));
  const { SecurityGroups = [] } = await ec2.send(
    new DescribeSecurityGroupsCommand({ Filters: [{ Name: "group-name", Values: ["k8s-traffic-dev"] }] }),
  );
  const { Volumes = [] } = await ec2.send(new DescribeVolumesCommand({}));
  const { LoadBalancerDescriptions = [] } = await classic.send(new DescribeClassicCommand({}));
  const { Snapshots = [] } = await ec2.send(
    new DescribeSnapshotsCommand({ Filters: [{ Name: "tag:ebs.csi.aws.com/cluster", Values: ["true"] }] }),
  );
  const { HostedZones = [] } = await dns.send(new ListHostedZonesCommand({}));
  const [zone] = HostedZones.filter(({ Name }) => Name === "dev.example.com.");
  const { ResourceRecordSets = [] } = await dns.send(new ListResourceRecordSetsCommand({ HostedZoneId: zone?.Id }));
  return [
    ...LoadBalancers.map((one) => one.LoadBalancerName),
    ...TargetGroups.map((one) => one.TargetGroupName),
    ...SecurityGroups.map((one) => one.GroupName),
    ...Volumes.map((one) => one.Size),
    ...LoadBalancerDescriptions.map((one) => one.LoadBalancerName),
    ...Snapshots.map((one) => `${one.VolumeSize} kept`),
    ...ResourceRecordSets.filter(({ Name }) => Name !== zone?.Name).map(({ Name, Type }) => `${Name} ${Type}`),
  ].map(String);
}
