# One of everything that a correction is about. Its own state is in the bucket of states.tf.
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100"
    }
  }
  backend "s3" {
    bucket              = "mainline-dev-tfstate-111122223333-ap-northeast-2"
    key                 = "dev/network.tfstate"
    region              = "ap-northeast-2"
    encrypt             = true
    kms_key_id          = "arn:aws:kms:ap-northeast-2:111122223333:alias/mainline-dev-tfstate"
    allowed_account_ids = ["111122223333"]
    use_lockfile        = true
  }
}
provider "aws" {
  region              = "ap-northeast-2"
  allowed_account_ids = ["111122223333"]
  default_tags { tags = { project = "mainline" } }
}
locals { zones = { a = 0, b = 1, c = 2 } }
resource "aws_vpc" "v" {
  cidr_block           = "10.10.0.0/16"
  enable_dns_hostnames = true
  enable_dns_support   = true
  tags                 = { Name = "v" }
}
resource "aws_subnet" "private" {
  for_each                            = local.zones
  vpc_id                              = aws_vpc.v.id
  cidr_block                          = cidrsubnet("10.10.0.0/16", 4, each.value)
  availability_zone_id                = "apne2-az${each.value + 1}"
  private_dns_hostname_type_on_launch = "ip-name"
  tags                                = { Name = "p${each.key}", "karpenter.sh/discovery" = "x" }
}
resource "aws_ec2_managed_prefix_list" "office" {
  name           = "office"
  address_family = "IPv4"
  max_entries    = 5
  entry {
    cidr        = "203.0.113.0/24"
    description = "Seoul"
  }
}
resource "aws_security_group" "lb" {
  name                   = "lb"
  description            = "lb"
  vpc_id                 = aws_vpc.v.id
  revoke_rules_on_delete = true
}
resource "aws_security_group" "nodes" {
  name        = "nodes"
  description = "nodes"
  vpc_id      = aws_vpc.v.id
}
resource "aws_vpc_security_group_ingress_rule" "lb" {
  security_group_id = aws_security_group.lb.id
  prefix_list_id    = aws_ec2_managed_prefix_list.office.id
  description       = "https from office"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  tags              = { Name = "r" }
}
resource "aws_vpc_security_group_ingress_rule" "nodes" {
  security_group_id            = aws_security_group.nodes.id
  referenced_security_group_id = aws_security_group.lb.id
  description                  = "from lb"
  ip_protocol                  = "tcp"
  from_port                    = 1025
  to_port                      = 65535
}
resource "aws_vpc_security_group_ingress_rule" "self" {
  security_group_id            = aws_security_group.nodes.id
  referenced_security_group_id = aws_security_group.nodes.id
  description                  = "from self"
  ip_protocol                  = "-1"
}
resource "aws_vpc_security_group_egress_rule" "lb" {
  security_group_id            = aws_security_group.lb.id
  referenced_security_group_id = aws_security_group.nodes.id
  description                  = "to nodes"
  ip_protocol                  = "tcp"
  from_port                    = 1025
  to_port                      = 65535
}
resource "aws_vpc_dhcp_options" "d" {
  domain_name         = "ap-northeast-2.compute.internal"
  domain_name_servers = ["AmazonProvidedDNS"]
  tags                = { Name = "d" }
}
resource "aws_vpc_dhcp_options_association" "d" {
  vpc_id          = aws_vpc.v.id
  dhcp_options_id = aws_vpc_dhcp_options.d.id
}
resource "aws_s3_bucket" "flow" {
  bucket        = "mainline-dev-flow"
  force_destroy = true
}
resource "aws_s3_bucket_versioning" "flow" {
  bucket = aws_s3_bucket.flow.id
  versioning_configuration { status = "Enabled" }
}
resource "aws_s3_bucket_policy" "flow" {
  bucket = aws_s3_bucket.flow.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "tls", Effect = "Deny", Principal = "*", Action = "s3:*", Resource = [aws_s3_bucket.flow.arn, "${aws_s3_bucket.flow.arn}/*"], Condition = { Bool = { "aws:SecureTransport" = "false" } } },
      { Sid = "logs", Effect = "Allow", Principal = { Service = "delivery.logs.amazonaws.com" }, Action = "s3:PutObject", Resource = "${aws_s3_bucket.flow.arn}/*" },
    ]
  })
}
resource "aws_s3_object" "o" {
  bucket     = aws_s3_bucket_policy.flow.id
  key        = "a/b"
  content    = "x"
  depends_on = [aws_s3_bucket_versioning.flow]
}
resource "aws_flow_log" "s3" {
  vpc_id                   = aws_vpc.v.id
  traffic_type             = "ALL"
  log_destination_type     = "s3"
  log_destination          = aws_s3_bucket.flow.arn
  max_aggregation_interval = 600
  destination_options {
    file_format                = "parquet"
    hive_compatible_partitions = true
    per_hour_partition         = true
  }
}
resource "aws_glue_catalog_database" "f" { name = "flow" }
resource "aws_athena_workgroup" "f" {
  name          = "flow"
  force_destroy = true
  configuration {
    enforce_workgroup_configuration    = true
    publish_cloudwatch_metrics_enabled = true
    result_configuration {
      output_location = "s3://${aws_s3_bucket.flow.bucket}/athena/"
      encryption_configuration { encryption_option = "SSE_S3" }
    }
  }
}
resource "aws_athena_named_query" "f" {
  name      = "rejected"
  workgroup = aws_athena_workgroup.f.id
  database  = aws_glue_catalog_database.f.name
  query     = "select 1"
}
resource "aws_ec2_transit_gateway" "t" {
  default_route_table_association = "disable"
  default_route_table_propagation = "disable"
  auto_accept_shared_attachments  = "disable"
}
resource "aws_ec2_transit_gateway_vpc_attachment" "t" {
  transit_gateway_id                              = aws_ec2_transit_gateway.t.id
  vpc_id                                          = aws_vpc.v.id
  subnet_ids                                      = [for s in aws_subnet.private : s.id]
  transit_gateway_default_route_table_association = false
  transit_gateway_default_route_table_propagation = false
}
resource "aws_ec2_instance_metadata_defaults" "m" {
  http_tokens                 = "required"
  http_put_response_hop_limit = 1
}
resource "aws_network_acl" "n" {
  vpc_id = aws_vpc.v.id
  egress {
    rule_no    = 320
    action     = "allow"
    protocol   = "icmp"
    icmp_type  = 3
    icmp_code  = 4
    from_port  = 0
    to_port    = 0
    cidr_block = "0.0.0.0/0"
  }
}
data "aws_ssm_parameter" "image" {
  name = "/aws/service/eks/optimized-ami/1.35/amazon-linux-2023/x86_64/standard/recommended/image_id"
}
resource "aws_launch_template" "t" {
  name     = "nodes"
  image_id = nonsensitive(data.aws_ssm_parameter.image.value)
  monitoring { enabled = true }
  metadata_options {
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }
  tag_specifications {
    resource_type = "instance"
    tags          = { Name = "node" }
  }
}
resource "aws_autoscaling_group" "a" {
  name                = "nodes"
  min_size            = 1
  max_size            = 2
  vpc_zone_identifier = [for s in aws_subnet.private : s.id]
  launch_template {
    id      = aws_launch_template.t.id
    version = aws_launch_template.t.latest_version
  }
}
resource "aws_efs_file_system" "e" { encrypted = true }
resource "aws_efs_backup_policy" "e" {
  file_system_id = aws_efs_file_system.e.id
  backup_policy { status = "ENABLED" }
}
resource "aws_efs_file_system_policy" "e" {
  file_system_id = aws_efs_file_system.e.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Deny", Principal = "*", Action = "*", Resource = "*", Condition = { Bool = { "aws:SecureTransport" = "false" } } }]
  })
}
resource "aws_s3_account_public_access_block" "a" {
  block_public_acls  = true
  ignore_public_acls = true
}
