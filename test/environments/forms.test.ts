/** Mistakes in the form of a value: each is told with what was found and what is valid. */
import { expect, test } from "@jest/globals";
import { said } from "./mistakes.ts";

test.each([
  {
    mistake: "an account id that lost its leading zero",
    changes: { "dev.account": 11122223333 },
    says: 'account  11122223333 is not an AWS account id: 12 digits, in quotes, for example "111122223333". Meaning: The only account that these stacks may touch.',
  },
  {
    mistake: "an account id of 11 digits",
    changes: { "dev.account": "11112222333" },
    says: 'account  "11112222333" is not an AWS account id: 12 digits, in quotes, for example "111122223333". Meaning: The only account that these stacks may touch.',
  },
  {
    mistake: "no owner",
    changes: { "dev.owner": undefined },
    says: 'owner  is missing. Give an e-mail address, for example "platform@example.com" (Who answers for it; becomes a tag).',
  },
  {
    mistake: "an owner who is not an e-mail address",
    changes: { "dev.owner": "platform" },
    says: 'owner  "platform" is not an e-mail address, for example "platform@example.com". Meaning: Who answers for it; becomes a tag.',
  },
  {
    mistake: "a profile that does not exist",
    changes: { "dev.profile": "producton" },
    says: 'profile  "producton" is not one of "development", "production". Did you mean "production"?',
  },
  {
    mistake: "a zone name in the place of a region",
    changes: { "dev.region": "ap-northeast-2a" },
    says: 'region  "ap-northeast-2a" is not an AWS region (not of China or GovCloud), for example "ap-northeast-2". Meaning: Region of all resources.',
  },
  {
    mistake: "a misspelt region",
    changes: { "dev.region": "ap-northest-2" },
    says: 'region  "ap-northest-2" is not an AWS region (not of China or GovCloud), for example "ap-northeast-2". Meaning: Region of all resources.',
  },
  {
    mistake: "a region of another partition",
    changes: { "dev.region": "cn-north-1" },
    says: 'region  "cn-north-1" is not an AWS region (not of China or GovCloud), for example "ap-northeast-2". Meaning: Region of all resources.',
  },
  {
    mistake: "a name with capitals",
    changes: { "dev.name": "Dev" },
    says: 'name  "Dev" is not a name of 2 to 32 lower-case letters, digits and hyphens that begins with a letter. Meaning: First part of every stack id and state key, part of every AWS name; the same as the file\'s name.',
  },
  {
    mistake: "an unknown key at the top",
    changes: { "dev.netwrok": {} },
    says: 'netwrok  is not a setting. Did you mean "network"? Valid here: name, project, account, region, profile, owner, costCentre, repository, awsProvider, protection, state, network, cluster, addons, tenancy, charts, ci, waivers.',
  },
  {
    mistake: "an unknown key in a node group",
    changes: { "dev.cluster.nodes.general.disk": 100 },
    says: 'cluster.nodes.general.disk  is not a setting. Did you mean "diskGiB"? Valid here: instances, size, capacity, diskGiB, labels, taints, zones, maxUnavailablePercent.',
  },
  {
    mistake: "an unknown key that is near nothing",
    changes: { "dev.cluster.budget": 100 },
    says: "cluster.budget  is not a setting. Valid here: version, endpoint, access, nodes, selfManagedNodes, fargate, sharedFileSystem, karpenter, logDays.",
  },
  {
    mistake: "a key of an older draft",
    changes: { "dev.cluster.endpoint.publicAccess": ["203.0.113.0/24"] },
    says: "cluster.endpoint.publicAccess  is not a setting. Valid here: publicFrom, privateFrom.",
  },
  {
    mistake: "a CIDR block with host bits",
    changes: { "dev.network.cidr": "10.10.1.0/16" },
    says: 'network.cidr  "10.10.1.0/16" is not an IPv4 CIDR block with zero host bits, for example "10.10.0.0/16". Meaning: Address block of the VPC, /16 to /20, RFC 1918; can never be changed, only extended.',
  },
  {
    mistake: "a CIDR block without a length",
    changes: { "dev.network.cidr": "10.10.0.0" },
    says: 'network.cidr  "10.10.0.0" is not an IPv4 CIDR block with zero host bits, for example "10.10.0.0/16". Meaning: Address block of the VPC, /16 to /20, RFC 1918; can never be changed, only extended.',
  },
  {
    mistake: "a CIDR block out of range",
    changes: { "dev.network.cidr": "10.300.0.0/16" },
    says: 'network.cidr  "10.300.0.0/16" is not an IPv4 CIDR block with zero host bits, for example "10.10.0.0/16". Meaning: Address block of the VPC, /16 to /20, RFC 1918; can never be changed, only extended.',
  },
  {
    mistake: "zone names for zone ids",
    changes: { "dev.network.zones": ["ap-northeast-2a", "apne2-az2"] },
    says: 'network.zones[0]  "ap-northeast-2a" is not an availability zone id (not a name such as ap-northeast-2a), for example "apne2-az1". Meaning: Availability zones; at least two, as EKS and ALB demand.',
  },
  {
    mistake: "a single zone",
    changes: { "dev.network.zones": ["apne2-az1"] },
    says: 'network.zones  ["apne2-az1"] is not a list of 2 to 4 entries. Meaning: Availability zones; at least two, as EKS and ALB demand.',
  },
  {
    mistake: "five zones",
    changes: { "dev.network.zones": ["apne2-az1", "apne2-az2", "apne2-az3", "apne2-az4", "apne2-az5"] },
    says: 'network.zones  ["apne2-az1","apne2-az2","apne2-az3","apne2-az4","apne2-az5"... is not a list of 2 to 4 entries. Meaning: Availability zones; at least two, as EKS and ALB demand.',
  },
  {
    mistake: "an unknown NAT mode",
    changes: { "dev.network.nat": "one" },
    says: 'network.nat  "one" is not one of "none", "single", "per-zone". Did you mean "none"?',
  },
  {
    mistake: "an endpoint that is misspelt",
    changes: { "dev.network.interfaceEndpoints": ["ecr.dkr", "ecrapi"] },
    says: 'network.interfaceEndpoints[1]  "ecrapi" is not one of "ecr.api", "ecr.dkr", "sts", "ec2", "eks", "eks-auth", "logs", "elasticloadbalancing", "autoscaling", "ssm", "ssmmessages", "ec2messages", "kms", "secretsmanager", "sqs", "elasticfilesystem". Did you mean "ecr.api"?',
  },
  {
    mistake: "a retention that CloudWatch does not have",
    changes: { "dev.cluster.logDays": 100 },
    says: "cluster.logDays  100 is not a number of days that CloudWatch Logs accepts: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653. Meaning: Days of control plane logs.",
  },
  {
    mistake: "a number out of range",
    changes: { "dev.protection.keyDeletionDays": 3 },
    says: "protection.keyDeletionDays  3 is not a whole number of days from 7 to 30. Meaning: Waiting time before a KMS key is gone, days.",
  },
  {
    mistake: "a number as text",
    changes: { "dev.cluster.nodes.general.diskGiB": "100" },
    says: 'cluster.nodes.general.diskGiB  "100" is not a whole number of GiB from 20 to 16384. Meaning: Encrypted gp3 root volume, GiB.',
  },
  {
    mistake: "a session in the place of a role",
    changes: { "dev.cluster.access.devops.role": "arn:aws:sts::111122223333:assumed-role/devops/kim" },
    says: 'cluster.access.devops.role  "arn:aws:sts::111122223333:assumed-role/devops/kim" is not an IAM role ARN, for example "arn:aws:iam::111122223333:role/devops". Meaning: IAM role of this account; never a user, an assumed-role session or a node role.',
  },
  {
    mistake: "an access policy that does not exist",
    changes: { "dev.cluster.access.devops.policy": "clusteradmin" },
    says: 'cluster.access.devops.policy  "clusteradmin" is not one of "cluster-admin", "admin", "admin-view", "edit", "view". Did you mean "cluster-admin"?',
  },
  {
    mistake: "a Kubernetes version as a number",
    changes: { "dev.cluster.version": 1.35 },
    says: 'cluster.version  1.35 is not a Kubernetes minor in quotes, for example "1.35". Meaning: Kubernetes minor; absent: `kubernetes` in versions.ts.',
  },
  {
    mistake: "a group name that cannot be part of an AWS name",
    changes: { "dev.cluster.nodes.Batch_Jobs": { instances: ["m7i.large"], size: { min: 0, desired: 0, max: 1 } } },
    says: "cluster.nodes.Batch_Jobs  is not a name of 2 to 32 lower-case letters, digits and hyphens that begins with a letter. Rename it.",
  },
  {
    mistake: "a list for a record",
    changes: { "dev.cluster.nodes": [] },
    says: "cluster.nodes  [] is not an object of names and settings. Meaning: Managed node groups by name.",
  },
  {
    mistake: "a text for a list",
    changes: { "dev.cluster.nodes.general.instances": "m7i.large" },
    says: 'cluster.nodes.general.instances  "m7i.large" is not a list with at least one entry. Meaning: Instance types, all of one architecture and all Nitro.',
  },
  {
    mistake: "a text for a list that has a length, too",
    changes: { "dev.network.zones": "apne2-az1" },
    says: 'network.zones  "apne2-az1" is not a list of 2 to 4 entries. Meaning: Availability zones; at least two, as EKS and ALB demand.',
  },
  {
    mistake: "an instance size that does not exist",
    changes: { "dev.cluster.nodes.general.instances": ["m7i.lage"] },
    says: 'cluster.nodes.general.instances[0]  "m7i.lage" is not an instance type, for example "m7i.large". Meaning: Instance types, all of one architecture and all Nitro.',
  },
  {
    mistake: "teams that teams.ts does not have",
    changes: { "dev.tenancy": { teams: undefined } },
    says: "tenancy.teams  is missing. Give an object of names and settings (Teams by name).",
  },
  {
    mistake: "an environment that is no object",
    changes: { dev: "dev" },
    says: '(the file)  "dev" is not an object of name, project, account, region, profile, owner, costCentre, repository, awsProvider, protection, state, network, cluster, addons, tenancy, charts, ci, waivers. docs/environments.md shows all settings.',
  },
  {
    mistake: "a label key that Kubernetes refuses",
    changes: { "dev.cluster.nodes.general.labels": { "team name": "a" } },
    says: 'cluster.nodes.general.labels["team name"]  is not a Kubernetes label key, for example "workload" or "example.com/team". Rename it.',
  },
  {
    mistake: "a waiver without a proper reason",
    changes: { "dev.waivers": [{ rule: "x", stack: "network", resource: "aws_vpc.vpc", reason: "later", until: "soon" }] },
    says: [
      'waivers[0].reason  "later" is not a text of at least 20 characters. Meaning: Why this is acceptable, for the reviewer and the auditor.',
      'waivers[0].until  "soon" is not a date, for example "2027-03-31". Meaning: Last day on which it holds.',
    ].join("\n"),
  },
])("$mistake", ({ changes, says }) => expect(said(changes)).toBe(says));
