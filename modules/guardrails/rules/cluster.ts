/** The control plane: who reaches it, who may do what, what is recorded. */
import { blocksOf, listOf } from "../../terraform-json.ts";
import { isWorld } from "../inbound.ts";
import { isTrue, type Rule } from "../rule.ts";

export const endpointNotForTheWorld: Rule = {
  id: "cluster-endpoint-not-public",
  title: "The public endpoint of a cluster is off or limited to named blocks",
  why: "Every flaw of the API server or its authentication would be open to everyone (FSBP EKS.1, CIS EKS 5.4.1)",
  applies: ["aws_eks_cluster"],
  holds: (attributes) =>
    blocksOf(attributes, "vpc_config").every(({ endpoint_public_access: open, public_access_cidrs: blocks }) => {
      // AWS's default is open to the world.
      if (open === false) return true;
      const sources = listOf(blocks).map(String);
      return sources.length > 0 && !sources.some(isWorld);
    }),
  remedy: "set cluster.endpoint.publicFrom to the blocks of offices and runners, or leave it empty",
};

export const endpointPrivate: Rule = {
  id: "cluster-endpoint-private",
  title: "Nodes reach the control plane inside the VPC",
  why: "Their traffic would otherwise leave through NAT and depend on the public endpoint (CIS EKS 5.4.2)",
  applies: ["aws_eks_cluster"],
  holds: (attributes) => blocksOf(attributes, "vpc_config").some(({ endpoint_private_access: on }) => isTrue(on)),
  remedy: "set vpcConfig.endpointPrivateAccess: true",
};

const logTypes = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

export const controlPlaneLogs: Rule = {
  id: "cluster-logs-complete",
  title: "All five control plane logs are on",
  why: "The audit log alone does not say why a pod was not scheduled or a login refused (FSBP EKS.8, CIS EKS 2.1.1)",
  applies: ["aws_eks_cluster"],
  holds: ({ enabled_cluster_log_types: types }) => logTypes.every((type) => listOf(types).includes(type)),
  remedy: `set enabledClusterLogTypes to ${logTypes.join(", ")}`,
};

export const controlPlaneLogGroup: Rule = {
  id: "cluster-log-group-owned",
  title: "The log group of the control plane is ours",
  why: 'EKS makes one that keeps everything for ever and is made again after its deletion (EKS guide, "Send control plane logs")',
  applies: ["aws_eks_cluster"],
  holds: ({ name }, { all }) =>
    all("aws_cloudwatch_log_group").some(({ attributes }) => attributes.name === `/aws/eks/${String(name)}/cluster`),
  remedy: "add a CloudwatchLogGroup named /aws/eks/<cluster>/cluster, and let the cluster depend on it",
};

export const accessByApi: Rule = {
  id: "cluster-access-api",
  title: "Access to a cluster is decided by access entries only",
  why: 'The aws-auth ConfigMap is invisible to AWS, to this code and to audits, and one wrong line locks everybody out (EKS guide, "Set up access entries")',
  applies: ["aws_eks_cluster"],
  holds: (attributes) => blocksOf(attributes, "access_config").some(({ authentication_mode: mode }) => mode === "API"),
  remedy: 'set accessConfig.authenticationMode: "API"',
};

export const noCreatorAdmin: Rule = {
  id: "cluster-no-creator-admin",
  title: "Who creates a cluster does not become its administrator",
  why: "The role that happened to run the first apply would keep all rights, out of sight (CIS EKS 4.1.1)",
  applies: ["aws_eks_cluster"],
  // AWS's default is true.
  holds: (attributes) =>
    blocksOf(attributes, "access_config").some(({ bootstrap_cluster_creator_admin_permissions: creator }) => creator === false),
  remedy: "set accessConfig.bootstrapClusterCreatorAdminPermissions: false and name administrators in cluster.access",
};

export const clusterHasAdministrator: Rule = {
  id: "cluster-has-administrator",
  title: "Every cluster has one or two administrators, for the whole cluster",
  why: "None locks everybody out; more than a role and its stand-in is no longer an exception (CIS EKS 4.1.1)",
  applies: ["aws_eks_cluster"],
  holds: (_, { all }) => {
    const administrators = all("aws_eks_access_policy_association").filter(
      ({ attributes }) =>
        String(attributes.policy_arn).endsWith("/AmazonEKSClusterAdminPolicy") &&
        blocksOf(attributes, "access_scope").some(({ type }) => type === "cluster"),
    );
    return administrators.length === 1 || administrators.length === 2;
  },
  remedy: 'give one or two roles of cluster.access the policy "cluster-admin"',
};

export const standardSupport: Rule = {
  id: "cluster-standard-support",
  title: "A cluster does not slide into extended support",
  why: 'It costs six times as much, and nobody notices (EKS guide, "Kubernetes version lifecycle")',
  applies: ["aws_eks_cluster"],
  holds: (attributes) => blocksOf(attributes, "upgrade_policy").some(({ support_type: type }) => type === "STANDARD"),
  remedy: 'set upgradePolicy.supportType: "STANDARD"',
};
