import type { JsonObject } from "../../../../modules/terraform-json.ts";
import { type Cases, inProduction, json, ref, resources } from "./case.ts";

const provider = (attributes: JsonObject) => json({ provider: { aws: [attributes] } });
const tags = { project: "p", environment: "e", stack: "s", owner: "o", "cost-centre": "c", repository: "r" };
const s3 = {
  encrypt: true,
  use_lockfile: true,
  kms_key_id: "arn:aws:kms:ap-northeast-2:111122223333:alias/x",
  allowed_account_ids: ["111122223333"],
};
const backend = (attributes: JsonObject) => json({ terraform: { backend: { s3: attributes } } });
const versions = (aws: string, required_version: string | undefined) =>
  json({ terraform: { required_providers: { aws: { source: "aws", version: aws } }, required_version } });
const output = (attributes: JsonObject) => json({ output: { it: attributes } });
const group = (retention_in_days: number | undefined) => resources({ aws_cloudwatch_log_group: { it: { retention_in_days } } });
const vpc = (attributes: JsonObject) => resources({ aws_vpc: { it: attributes } });

export const platform: Cases = {
  "default-tags": {
    holds: [provider({ default_tags: [{ tags }] })],
    fails: [provider({}), provider({ default_tags: [{ tags: { ...tags, owner: undefined } }] })],
  },
  "one-account": {
    holds: [provider({ allowed_account_ids: ["111122223333"] })],
    fails: [
      provider({}),
      provider({ allowed_account_ids: ["111122223333", "444455556666"] }),
      provider({ allowed_account_ids: ["444455556666"] }),
    ],
  },
  "state-safe": {
    holds: [backend(s3)],
    fails: [json({ terraform: { backend: { local: {} } } }), ...Object.keys(s3).map((name) => backend({ ...s3, [name]: undefined }))],
  },
  "providers-bounded": {
    holds: [versions(">= 5.100.0, < 7.0.0", ">= 1.10.0")],
    fails: [versions(">= 5.100.0", ">= 1.10.0"), versions(">= 5.100.0, < 7.0.0", undefined)],
  },
  "outputs-no-secrets": {
    holds: [output({ value: ref("aws_secretsmanager_secret.it.arn") })],
    fails: [output({ value: ref("aws_db_instance.it.password") }), output({ value: "x", sensitive: true })],
  },
  "log-retention": {
    holds: [group(7), inProduction(group(365))],
    fails: [group(undefined), group(0), inProduction(group(30))],
  },
  "stateful-guarded": {
    holds: [vpc({}), inProduction(vpc({ lifecycle: { prevent_destroy: true } }))],
    fails: [inProduction(vpc({})), inProduction(vpc({ lifecycle: { prevent_destroy: false } }))],
  },
  "no-ignored-changes": {
    holds: [vpc({ lifecycle: { ignore_changes: ["tags"] } })],
    fails: [vpc({ lifecycle: { ignore_changes: "all" } })],
  },
};
