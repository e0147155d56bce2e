import type { JsonObject } from "../../../../modules/terraform-json.ts";
import { type Cases, inProduction, ref, resources } from "./case.ts";

const id = ref("aws_s3_bucket.logs.id");
const withBlock = (block: JsonObject) =>
  resources({ aws_s3_bucket: { logs: {} }, aws_s3_bucket_public_access_block: { logs: { bucket: id, ...block } } });
const all = { block_public_acls: true, block_public_policy: true, ignore_public_acls: true, restrict_public_buckets: true };
const withPolicy = (statement: Readonly<Record<string, unknown>>) =>
  resources({
    aws_s3_bucket: { logs: {} },
    aws_s3_bucket_policy: { logs: { bucket: id, policy: JSON.stringify({ Statement: [statement] }) } },
  });
const clearText = { Bool: { "aws:SecureTransport": "false" } };
const guarded = (status: string | undefined) =>
  resources({
    aws_s3_bucket: { logs: { lifecycle: { prevent_destroy: true } } },
    ...(status && { aws_s3_bucket_versioning: { logs: { bucket: id, versioning_configuration: { status } } } }),
  });

export const buckets: Cases = {
  "buckets-not-public": {
    holds: [withBlock(all)],
    fails: [resources({ aws_s3_bucket: { logs: {} } }), withBlock({ ...all, restrict_public_buckets: false })],
  },
  "buckets-tls-only": {
    holds: [withPolicy({ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*", Condition: clearText })],
    fails: [
      resources({ aws_s3_bucket: { logs: {} } }),
      withPolicy({ Effect: "Deny", Principal: "*", Action: "s3:PutObject", Resource: "*", Condition: clearText }),
      withPolicy({ Effect: "Allow", Principal: "*", Action: "s3:*", Resource: "*", Condition: clearText }),
    ],
  },
  "buckets-without-acls": {
    holds: [
      resources({
        aws_s3_bucket: { logs: {} },
        aws_s3_bucket_ownership_controls: { logs: { bucket: id, rule: { object_ownership: "BucketOwnerEnforced" } } },
      }),
    ],
    fails: [
      resources({
        aws_s3_bucket: { logs: {} },
        aws_s3_bucket_ownership_controls: { logs: { bucket: id, rule: { object_ownership: "ObjectWriter" } } },
      }),
    ],
  },
  "buckets-versioned": {
    holds: [guarded("Enabled"), resources({ aws_s3_bucket: { results: {} } })],
    fails: [guarded(undefined), guarded("Suspended")],
  },
  "buckets-expire": {
    holds: [resources({ aws_s3_bucket: { logs: {} }, aws_s3_bucket_lifecycle_configuration: { logs: { bucket: id } } })],
    fails: [resources({ aws_s3_bucket: { logs: {} } })],
  },
  "buckets-keep-objects": {
    holds: [resources({ aws_s3_bucket: { logs: { force_destroy: true } } }), inProduction(resources({ aws_s3_bucket: { logs: {} } }))],
    fails: [inProduction(resources({ aws_s3_bucket: { logs: { force_destroy: true } } }))],
  },
};
