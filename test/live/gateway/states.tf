# The bucket and key of states, as the state stack makes them but for the lifecycle rules (the provider waits a minute for those).
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100"
    }
  }
}
provider "aws" {
  region              = "ap-northeast-2"
  allowed_account_ids = ["111122223333"]
  default_tags { tags = { project = "mainline" } }
}
resource "aws_kms_key" "k" {
  enable_key_rotation = true
  description         = "state"
}
resource "aws_kms_alias" "k" {
  name          = "alias/mainline-dev-tfstate"
  target_key_id = aws_kms_key.k.id
}
resource "aws_s3_bucket" "b" {
  bucket        = "mainline-dev-tfstate-111122223333-ap-northeast-2"
  force_destroy = true
}
resource "aws_s3_bucket_versioning" "b" {
  bucket = aws_s3_bucket.b.id
  versioning_configuration { status = "Enabled" }
}
resource "aws_s3_bucket_server_side_encryption_configuration" "b" {
  bucket = aws_s3_bucket.b.id
  rule {
    apply_server_side_encryption_by_default {
      kms_master_key_id = aws_kms_alias.k.arn
      sse_algorithm     = "aws:kms"
    }
    bucket_key_enabled = true
  }
}
resource "aws_s3_bucket_public_access_block" "b" {
  bucket                  = aws_s3_bucket.b.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
resource "aws_s3_bucket_ownership_controls" "b" {
  bucket = aws_s3_bucket.b.id
  rule { object_ownership = "BucketOwnerEnforced" }
}
data "aws_iam_policy_document" "b" {
  statement {
    sid       = "tls"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.b.arn, "${aws_s3_bucket.b.arn}/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}
resource "aws_s3_bucket_policy" "b" {
  bucket = aws_s3_bucket.b.id
  policy = data.aws_iam_policy_document.b.json
}
