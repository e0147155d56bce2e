/** The other services, as the emulator behind the gateway would answer them: just what EKS asks. */
import type { AwsRequest, AwsResponse } from "../../../rehearsal/gateway/service.ts";

export interface FakeAws {
  /** Zone and whether an internet gateway is routed, by subnet id; all in vpc-1. */
  readonly subnets: Map<string, { readonly zone: string; readonly isPublic?: boolean; readonly vpc?: string }>;
  /** Service principals and actions that a role trusts, by its name. */
  readonly roles: Map<string, { readonly service: string; readonly actions?: readonly string[] }>;
  readonly securityGroups: Map<string, { readonly name: string; readonly tags: Record<string, string> }>;
  /** XML inside <launchTemplateData>, by template id. */
  readonly launchTemplates: Map<string, string>;
  /** XML of <AutoScalingGroups>. */
  autoScalingGroups: string;
  vpcCidr: string;
  answer(request: AwsRequest): Promise<AwsResponse>;
}

const vpcOf = ({ vpc = "vpc-1" }: { readonly vpc?: string }) => vpc;

export function fakeAws(): FakeAws {
  const aws: FakeAws = {
    subnets: new Map([
      ["subnet-a", { zone: "ap-northeast-2a" }],
      ["subnet-b", { zone: "ap-northeast-2b" }],
      ["subnet-c", { zone: "ap-northeast-2c" }],
      ["subnet-a2", { zone: "ap-northeast-2a" }],
      ["subnet-public", { zone: "ap-northeast-2a", isPublic: true }],
      ["subnet-other-vpc", { zone: "ap-northeast-2b", vpc: "vpc-2" }],
    ]),
    roles: new Map([
      ["cluster", { service: "eks.amazonaws.com" }],
      ["node", { service: "ec2.amazonaws.com" }],
      ["fargate", { service: "eks-fargate-pods.amazonaws.com" }],
      ["pods", { service: "pods.eks.amazonaws.com", actions: ["sts:AssumeRole", "sts:TagSession"] }],
      ["pods-untagged", { service: "pods.eks.amazonaws.com" }],
      ["devops", { service: "ec2.amazonaws.com" }],
    ]),
    securityGroups: new Map([["sg-own", { name: "own", tags: {} }]]),
    launchTemplates: new Map([
      ["lt-1", "<blockDeviceMappingSet><item><ebs><volumeSize>80</volumeSize></ebs></item></blockDeviceMappingSet>"],
    ]),
    autoScalingGroups: "",
    vpcCidr: "10.10.0.0/16",
    async answer({ service, body }) {
      const form = new URLSearchParams(body.toString());
      const action = form.get("Action") ?? "";
      const answered = actions[action]?.(aws, form) ?? `<Error><Code>Unknown</Code><Message>${service} ${action}</Message></Error>`;
      const failed = answered.startsWith("<Error>");
      const xml =
        service === "ec2"
          ? failed
            ? `<Response><Errors>${answered}</Errors></Response>`
            : `<${action}Response>${answered}</${action}Response>`
          : failed
            ? `<ErrorResponse>${answered}</ErrorResponse>`
            : `<${action}Response><${action}Result>${answered}</${action}Result></${action}Response>`;
      return { status: failed ? 400 : 200, headers: { "content-type": "text/xml" }, body: Buffer.from(xml) };
    },
  };
  return aws;
}

const error = (code: string) => `<Error><Code>${code}</Code><Message>${code}</Message></Error>`;

const actions: Record<string, (aws: FakeAws, form: URLSearchParams) => string> = {
  DescribeSubnets: (aws, form) =>
    list(
      "subnetSet",
      wanted(aws.subnets, form),
      (id, subnet) => `<subnetId>${id}</subnetId><vpcId>${vpcOf(subnet)}</vpcId><availabilityZone>${subnet.zone}</availabilityZone>`,
    ),
  DescribeVpcs: ({ vpcCidr }) =>
    `<vpcSet><item><cidrBlockAssociationSet><item><cidrBlock>${vpcCidr}</cidrBlock></item></cidrBlockAssociationSet></item></vpcSet>`,
  DescribeRouteTables: ({ subnets }) =>
    list(
      "routeTableSet",
      [...subnets].filter(([, { isPublic }]) => isPublic),
      (id) =>
        `<routeSet><item><gatewayId>igw-1</gatewayId></item></routeSet><associationSet><item><subnetId>${id}</subnetId></item></associationSet>`,
    ),
  DescribeSecurityGroups: ({ securityGroups }, form) =>
    list("securityGroupInfo", wanted(securityGroups, form), (id) => `<groupId>${id}</groupId>`),
  CreateSecurityGroup({ securityGroups }, form) {
    const id = `sg-${securityGroups.size}`;
    securityGroups.set(id, { name: form.get("GroupName") ?? "", tags: {} });
    return `<groupId>${id}</groupId>`;
  },
  AuthorizeSecurityGroupIngress: () => "<return>true</return>",
  CreateTags({ securityGroups }, form) {
    for (let at = 1; form.has(`Tag.${at}.Key`); at += 1) {
      const group = securityGroups.get(form.get("ResourceId.1") ?? "");
      if (group) group.tags[form.get(`Tag.${at}.Key`) ?? ""] = form.get(`Tag.${at}.Value`) ?? "";
    }
    return "<return>true</return>";
  },
  DeleteSecurityGroup({ securityGroups }, form) {
    securityGroups.delete(form.get("GroupId") ?? "");
    return "<return>true</return>";
  },
  DescribeLaunchTemplateVersions({ launchTemplates }, form) {
    const id = form.get("LaunchTemplateId") ?? "";
    const data = launchTemplates.get(id);
    if (data === undefined) return error("InvalidLaunchTemplateId.NotFound");
    const version = form.get("LaunchTemplateVersion.1")?.replace("$Default", "1");
    return `<launchTemplateVersionSet><item><launchTemplateId>${id}</launchTemplateId><launchTemplateName>name-of-${id}</launchTemplateName><versionNumber>${version}</versionNumber><launchTemplateData>${data}</launchTemplateData></item></launchTemplateVersionSet>`;
  },
  GetRole({ roles }, form) {
    const role = roles.get(form.get("RoleName") ?? "");
    if (!role) return error("NoSuchEntity");
    const statement = { Effect: "Allow", Principal: { Service: role.service }, Action: role.actions ?? "sts:AssumeRole" };
    return `<Role><AssumeRolePolicyDocument>${encodeURIComponent(JSON.stringify({ Statement: [statement] }))}</AssumeRolePolicyDocument></Role>`;
  },
  GetCallerIdentity: () => "<Arn>arn:aws:sts::111122223333:assumed-role/ci/run-1</Arn>",
  DescribeAutoScalingGroups: ({ autoScalingGroups }) => `<AutoScalingGroups>${autoScalingGroups}</AutoScalingGroups>`,
};

/** Records that the request's first filter names. */
function wanted<T>(records: ReadonlyMap<string, T>, form: URLSearchParams): [string, T][] {
  const ids = [...form].flatMap(([key, value]) => (key.startsWith("Filter.1.Value.") ? [value] : []));
  return [...records].filter(([id]) => ids.includes(id));
}

function list<T>(name: string, records: readonly (readonly [string, T])[], item: (id: string, record: T) => string): string {
  return `<${name}>${records.map(([id, record]) => `<item>${item(id, record)}</item>`).join("")}</${name}>`;
}
