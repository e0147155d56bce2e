/** The rules bite on what the stacks really write, not on the tidy pieces of the cases only: break a production environment in one place and see. */
import { expect, test } from "@jest/globals";
import { guardrails } from "../../../modules/guardrails/catalogue.ts";
import { check } from "../../../modules/guardrails/check.ts";
import type { TerraformJson } from "../../../modules/terraform-json.ts";
import { environmentOf, synthAll } from "../../support/synth.ts";

const production = synthAll(environmentOf({ profile: "production" }));

/** Rules that do not hold after a change of one stack. `change` works on the JSON text of it. */
function brokenBy(stack: string, change: (text: string) => string): string[] {
  const stacks = production.filter((candidate) => candidate.stack === stack);
  const changed = stacks.map((candidate) => {
    const before = JSON.stringify(candidate.json);
    const after = change(before);
    if (after === before) throw new Error("the change has no effect: the stack does not say this any more");
    return { ...candidate, json: JSON.parse(after) as TerraformJson };
  });
  return [...new Set(check(changed, guardrails).violations.map(({ rule }) => rule.id))].sort();
}

const replace = (from: string | RegExp, to: string) => (text: string) => text.replace(from, to);
/** Renames a type, so that all its resources are gone for the rules. */
const without = (type: string) => (text: string) => text.replaceAll(`"${type}":`, `"${type}_gone":`);

test("it is clean as it is", () => {
  expect(check(production, guardrails)).toEqual({ violations: [], unusedWaivers: [] });
});

test.each<[string, string, (text: string) => string, readonly string[]]>([
  ["state", "no locking", replace('"use_lockfile":true', '"use_lockfile":false'), ["state-safe"]],
  [
    "state",
    "another account",
    replace('"allowed_account_ids":["111122223333"],"region"', '"allowed_account_ids":["1"],"region"'),
    ["one-account"],
  ],
  ["state", "bucket without public access block", without("aws_s3_bucket_public_access_block"), ["buckets-not-public"]],
  ["state", "bucket without policy", without("aws_s3_bucket_policy"), ["buckets-tls-only"]],
  ["state", "bucket without versions", without("aws_s3_bucket_versioning"), ["buckets-versioned"]],
  ["state", "bucket without encryption", without("aws_s3_bucket_server_side_encryption_configuration"), ["buckets-encrypted"]],
  ["state", "key that does not rotate", replace('"enable_key_rotation":true', '"enable_key_rotation":false'), ["keys-rotate"]],
  ["state", "key that a plan may destroy", replace('"prevent_destroy":true', '"prevent_destroy":false'), ["stateful-guarded"]],
  ["network", "no flow logs", without("aws_flow_log"), ["flow-logs-on"]],
  ["network", "default group as AWS made it", without("aws_default_security_group"), ["default-security-group-empty"]],
  ["network", "default ACL as AWS made it", without("aws_default_network_acl"), ["default-network-acl-empty"]],
  [
    "network",
    "ACL that lets SSH in",
    replace('"action":"deny","cidr_block":"0.0.0.0/0","from_port":22', '"action":"allow","cidr_block":"0.0.0.0/0","from_port":22'),
    ["network-acl-no-ssh"],
  ],
  [
    "network",
    "ports open to the world",
    replace('"description":"Clients","from_port":443', '"description":"Clients","from_port":1'),
    ["no-ssh-from-addresses", "world-reaches-web-ports-only"],
  ],
  [
    "network",
    "SSH from the VPC",
    replace('"description":"AWS APIs from the VPC","from_port":443', '"description":"AWS APIs from the VPC","from_port":22'),
    ["no-ssh-from-addresses"],
  ],
  [
    "network",
    "endpoint without a policy",
    replace(/("aws_vpc_endpoint":\{"[^"]+":\{)"policy":"/, '$1"policy_gone":"'),
    ["endpoints-have-policies"],
  ],
  ["network", "logs kept for ever", replace(/"retention_in_days":\d+/, '"retention_in_days":0'), ["log-retention"]],
  [
    "cluster",
    "public endpoint for the world",
    replace('"public_access_cidrs":["203.0.113.0/24"]', '"public_access_cidrs":["0.0.0.0/0"]'),
    ["cluster-endpoint-not-public"],
  ],
  [
    "cluster",
    "no private endpoint",
    replace('"endpoint_private_access":true', '"endpoint_private_access":false'),
    ["cluster-endpoint-private"],
  ],
  [
    "cluster",
    "creator as administrator",
    replace('"bootstrap_cluster_creator_admin_permissions":false', '"bootstrap_cluster_creator_admin_permissions":true'),
    ["cluster-no-creator-admin"],
  ],
  ["cluster", "no audit log", replace('"audit",', ""), ["cluster-logs-complete"]],
  ["cluster", "nobody with all rights", without("aws_eks_access_policy_association"), ["cluster-has-administrator"]],
  ["cluster", "extended support", replace('"support_type":"STANDARD"', '"support_type":"EXTENDED"'), ["cluster-standard-support"]],
  ["cluster", "metadata for pods", replace('"http_put_response_hop_limit":1', '"http_put_response_hop_limit":2'), ["nodes-imdsv2"]],
  ["cluster", "plain volumes", replace('"encrypted":"true"', '"encrypted":"false"'), ["volumes-encrypted"]],
  ["cluster", "add-on of any version", replace(/"addon_version":"[^"]+",?/, ""), ["addons-pinned"]],
  ["cluster", "nodes of any release", replace(/"release_version":"[^"]+",?/, ""), ["node-groups-pinned"]],
])("%s: %s", (stack, _, change, expected) => expect(brokenBy(stack, change)).toEqual(expected));
