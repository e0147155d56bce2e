/**
 * Users of Elasticsearch beside the operator's own: secrets of the file realm, which the operator reads by the keys `username`, `password`
 * and `roles`; the role of shippers; and how a shipper gets its user. Source: ECK documentation, "Users and roles".
 */
import type { CustomResource } from "../../addon.ts";
import { type SecretOption, secretName } from "../../secret-option.ts";
import { elasticUserSecret, indexPrefix, nodeIndexPrefix } from "./names.ts";

/** The operator reads roles from a Secret; there is nothing secret in this one. */
export const rolesSecret = "elasticsearch-roles";

/** Writes and makes indices of logs, and reads or deletes nothing: a stolen password of a node does not show logs. */
const roles = `shipper:
  cluster: [monitor]
  indices:
    - names: ["${indexPrefix}*", "${nodeIndexPrefix}-*"]
      privileges: [auto_configure, create_doc, index]
`;

export const shipperRole: CustomResource = {
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name: rolesSecret },
  stringData: { "roles.yml": roles },
};

/** @param users names of secrets; in Secrets Manager the last part of a path is the user's. */
export function userSecrets(users: readonly string[]): readonly SecretOption[] {
  return users.map((given) => ({
    option: "addons.efk.users",
    given,
    made: `elasticsearch-user-${given.split("/").at(-1) ?? given}`,
    keys: { username: "username", password: "password", roles: "roles" },
  }));
}

/** The same secret once more for a shipper, so that neither add-on depends on what the other calls it. */
export function shipperSecret(shipper: "fluent-bit" | "fluentd", given: string | undefined): SecretOption {
  const keys = { username: "username", password: "password" };
  return { option: `addons.${shipper}.user`, given, made: `${shipper}-elasticsearch`, keys };
}

/** Variables of a shipper's pod; without a user of its own it is `elastic`, whose password the operator makes. */
export function shipperVariables(secret: SecretOption, managed: boolean) {
  const from = (key: string) => ({ valueFrom: { secretKeyRef: { name: secretName(secret, managed), key } } });
  if (secret.given !== undefined) return [variable("USER", from("username")), variable("PASSWORD", from("password"))];
  const valueFrom = { secretKeyRef: { name: elasticUserSecret, key: "elastic" } };
  return [variable("USER", { value: "elastic" }), variable("PASSWORD", { valueFrom })];
}

function variable<Rest extends object>(name: string, rest: Rest) {
  return { name: `ELASTICSEARCH_${name}`, ...rest };
}
