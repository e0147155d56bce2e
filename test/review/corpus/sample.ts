/**
 * A small stack with what the platform's own stacks have not, or not alone: databases, zones, load balancers, policies of many services. Applied
 * by the real provider to the emulated AWS, so that its plans are what Terraform says and not what somebody imagined.
 */
import { type Attributes, type Draft, ref } from "./case.ts";

const account = "777788889999";
const key = ref("aws_kms_key.data.arn");
const document = (...statements: readonly object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const root = { Sid: "Account", Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: "kms:*", Resource: "*" };
const secure = (bucket: string) => ({
  Sid: "OnlyTls",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
});

const network: Draft["resource"] = {
  aws_vpc: { main: { cidr_block: "10.90.0.0/16", enable_dns_support: true, enable_dns_hostnames: true, tags: { Name: "sample" } } },
  aws_subnet: {
    a: { vpc_id: ref("aws_vpc.main.id"), cidr_block: "10.90.0.0/24", availability_zone: "ap-northeast-2a" },
    b: { vpc_id: ref("aws_vpc.main.id"), cidr_block: "10.90.1.0/24", availability_zone: "ap-northeast-2b" },
  },
  aws_internet_gateway: { main: { vpc_id: ref("aws_vpc.main.id") } },
  aws_route_table: { private: { vpc_id: ref("aws_vpc.main.id") } },
  aws_route_table_association: { a: { subnet_id: ref("aws_subnet.a.id"), route_table_id: ref("aws_route_table.private.id") } },
  aws_eip: { nat: { domain: "vpc" } },
  aws_network_acl: { data: { vpc_id: ref("aws_vpc.main.id"), subnet_ids: [ref("aws_subnet.b.id")] } },
  aws_network_acl_rule: {
    "data-deny-ssh": acl(90, "deny", "0.0.0.0/0", 22, 22),
    "data-from-vpc": acl(100, "allow", "10.90.0.0/16", 5432, 5432),
  },
  aws_security_group: {
    app: { name: "app", description: "application", vpc_id: ref("aws_vpc.main.id") },
    data: { name: "data", description: "databases", vpc_id: ref("aws_vpc.main.id") },
  },
  aws_vpc_security_group_ingress_rule: {
    "app-https": ingress("app", { cidr_ipv4: "10.0.0.0/8", from_port: 443, to_port: 443, description: "HTTPS from inside" }),
    "app-offices": ingress("app", { prefix_list_id: ref("aws_ec2_managed_prefix_list.offices.id"), from_port: 22, to_port: 22 }),
    "data-app": ingress("data", { referenced_security_group_id: ref("aws_security_group.app.id"), from_port: 5432, to_port: 5432 }),
  },
  aws_ec2_managed_prefix_list: {
    offices: { name: "offices", address_family: "IPv4", max_entries: 5, entry: [{ cidr: "203.0.113.0/24", description: "Seoul" }] },
  },
  aws_vpc_endpoint: {
    s3: {
      vpc_id: ref("aws_vpc.main.id"),
      service_name: "com.amazonaws.ap-northeast-2.s3",
      policy: document({ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::sample-data/*" }),
    },
  },
  aws_lb: {
    app: {
      name: "app",
      internal: true,
      load_balancer_type: "application",
      subnets: [ref("aws_subnet.a.id"), ref("aws_subnet.b.id")],
      security_groups: [ref("aws_security_group.app.id")],
      enable_deletion_protection: true,
    },
  },
  aws_route53_zone: { main: { name: "sample.example.com" } },
  aws_route53_record: {
    shop: {
      zone_id: ref("aws_route53_zone.main.zone_id"),
      name: "shop.sample.example.com",
      type: "CNAME",
      ttl: 300,
      records: ["app.example.com"],
    },
  },
};

function ingress(group: string, from: Attributes): Attributes {
  return { security_group_id: ref(`aws_security_group.${group}.id`), ip_protocol: "tcp", ...from };
}

function acl(number: number, action: string, cidr: string, from: number, to: number): Attributes {
  return {
    network_acl_id: ref("aws_network_acl.data.id"),
    rule_number: number,
    egress: false,
    protocol: "tcp",
    rule_action: action,
    cidr_block: cidr,
    from_port: from,
    to_port: to,
  };
}

const data: Draft["resource"] = {
  aws_kms_key: {
    data: { description: "sample data", enable_key_rotation: true, deletion_window_in_days: 30, policy: document(root) },
    logs: { description: "sample logs", enable_key_rotation: true, deletion_window_in_days: 30, policy: document(root) },
  },
  aws_s3_bucket: { data: { bucket: "sample-data" }, logs: { bucket: "sample-logs" } },
  aws_s3_bucket_public_access_block: {
    data: {
      bucket: ref("aws_s3_bucket.data.id"),
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    },
  },
  aws_s3_bucket_versioning: { data: { bucket: ref("aws_s3_bucket.data.id"), versioning_configuration: { status: "Enabled" } } },
  aws_s3_bucket_policy: { data: { bucket: ref("aws_s3_bucket.data.id"), policy: document(secure("sample-data")) } },
  aws_s3_bucket_server_side_encryption_configuration: {
    data: {
      bucket: ref("aws_s3_bucket.data.id"),
      rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: "aws:kms", kms_master_key_id: key }, bucket_key_enabled: true }],
    },
  },
  aws_db_instance: {
    orders: {
      identifier: "orders",
      engine: "postgres",
      engine_version: "16.3",
      instance_class: "db.t4g.medium",
      allocated_storage: 50,
      storage_encrypted: true,
      username: "app",
      password: "a-secret-of-the-sample",
      deletion_protection: true,
      backup_retention_period: 14,
      multi_az: true,
      skip_final_snapshot: false,
      final_snapshot_identifier: "orders-final",
    },
  },
  aws_dynamodb_table: {
    carts: {
      name: "carts",
      billing_mode: "PAY_PER_REQUEST",
      hash_key: "id",
      attribute: [{ name: "id", type: "S" }],
      deletion_protection_enabled: true,
      point_in_time_recovery: { enabled: true },
    },
  },
  aws_efs_file_system: { shared: { creation_token: "sample", encrypted: true } },
  aws_backup_vault: { main: { name: "sample" } },
  aws_cloudwatch_log_group: { audit: { name: "/sample/audit", retention_in_days: 365 } },
  aws_ecr_repository: { shop: { name: "shop", image_tag_mutability: "IMMUTABLE", image_scanning_configuration: { scan_on_push: true } } },
  aws_secretsmanager_secret: { shop: { name: "sample/shop", recovery_window_in_days: 30 } },
  aws_ssm_parameter: { token: { name: "/sample/token", type: "SecureString", value: "ssm-secret-one" } },
};

const rights: Draft["resource"] = {
  aws_iam_openid_connect_provider: {
    github: {
      // Not GitHub: the stack ci of prod has that one, and an account has each but once.
      url: "https://gitlab.example.com",
      client_id_list: ["sts.amazonaws.com"],
      thumbprint_list: ["a".repeat(40)],
    },
  },
  aws_iam_role: {
    deploy: {
      name: "sample-deploy",
      max_session_duration: 3600,
      permissions_boundary: ref("aws_iam_policy.boundary.arn"),
      assume_role_policy: document({
        Effect: "Allow",
        Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com` },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
            "token.actions.githubusercontent.com:sub": "repo:example/shop:ref:refs/heads/main",
          },
        },
      }),
    },
    app: {
      name: "sample-app",
      assume_role_policy: document({ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }),
    },
  },
  aws_iam_policy: {
    boundary: { name: "sample-boundary", policy: document({ Effect: "Allow", Action: ["s3:*", "sqs:*"], Resource: "*" }) },
    app: {
      name: "sample-app",
      policy: document(
        {
          Sid: "Read",
          Effect: "Allow",
          Action: ["s3:GetObject", "s3:ListBucket"],
          Resource: ["arn:aws:s3:::sample-data", "arn:aws:s3:::sample-data/*"],
        },
        { Sid: "Send", Effect: "Allow", Action: "sqs:SendMessage", Resource: `arn:aws:sqs:ap-northeast-2:${account}:orders` },
        { Sid: "NoDelete", Effect: "Deny", Action: "s3:DeleteObject*", Resource: "*" },
      ),
    },
  },
  aws_iam_role_policy_attachment: { app: { role: ref("aws_iam_role.app.name"), policy_arn: ref("aws_iam_policy.app.arn") } },
  aws_sqs_queue: { orders: { name: "orders", sqs_managed_sse_enabled: true } },
  aws_sqs_queue_policy: {
    orders: {
      queue_url: ref("aws_sqs_queue.orders.id"),
      policy: document({
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${account}:role/sample-app` },
        Action: "sqs:SendMessage",
        Resource: `arn:aws:sqs:ap-northeast-2:${account}:orders`,
      }),
    },
  },
  aws_sns_topic: { alerts: { name: "alerts", display_name: "Alerts" } },
  aws_ecr_repository_policy: {
    shop: {
      repository: ref("aws_ecr_repository.shop.name"),
      policy: document({
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      }),
    },
  },
  aws_secretsmanager_secret_policy: {
    shop: {
      secret_arn: ref("aws_secretsmanager_secret.shop.arn"),
      policy: document({
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${account}:role/sample-app` },
        Action: "secretsmanager:GetSecretValue",
        Resource: "*",
      }),
    },
  },
};

/** Without backend and provider: both come from a stack of the environment. */
export const sample: Pick<Draft, "resource" | "output"> = {
  resource: { ...network, ...data, ...rights },
  output: { vpcId: { value: ref("aws_vpc.main.id") }, tableName: { value: ref("aws_dynamodb_table.carts.name") } },
};
