/**
 * What is a secret although Terraform does not say so: Helm values are plain text to it, and providers forget attributes. Hiding too much
 * costs a reviewer one look elsewhere; showing a password in a comment costs the password.
 */

/** Attributes that are hidden whole, at any depth below them. */
const hiddenAttributes: Readonly<Record<string, readonly string[]>> = {
  // The values with secrets filled in, and rendered manifests with Secret objects.
  helm_release: ["metadata", "manifest", "notes", "repository_password", "set_sensitive"],
  aws_instance: ["user_data", "user_data_base64", "password_data"],
  aws_launch_template: ["user_data"],
  aws_launch_configuration: ["user_data", "user_data_base64"],
  aws_iam_access_key: ["secret", "ses_smtp_password_v4"],
  aws_secretsmanager_secret_version: ["secret_string", "secret_binary"],
  aws_ssm_parameter: ["value", "insecure_value"],
  aws_db_instance: ["password"],
  aws_rds_cluster: ["master_password"],
  aws_elasticache_replication_group: ["auth_token"],
  aws_mq_broker: ["user"],
  aws_vpn_connection: ["customer_gateway_configuration", "tunnel1_preshared_key", "tunnel2_preshared_key"],
  aws_eks_cluster_auth: ["token"],
  aws_ecr_authorization_token: ["authorization_token", "password"],
  kubernetes_secret: ["data", "binary_data"],
  kubernetes_secret_v1: ["data", "binary_data"],
  random_password: ["result", "bcrypt_hash"],
  tls_private_key: ["private_key_pem", "private_key_openssh", "private_key_pem_pkcs8"],
};

export function isHidden(type: string, attribute: string): boolean {
  return hiddenAttributes[type]?.includes(attribute) ?? false;
}

/** Last words of a key that names a secret's value: `adminPassword`, `client_secret`, `API-KEY`. */
const secretEnds = [
  "password",
  "passwd",
  "passphrase",
  "token",
  "secret",
  "credentials",
  "apikey",
  "api key",
  "private key",
  "secret key",
  "secret access key",
  "signing key",
  "encryption key",
  "webhook url",
  "connection string",
  "bcrypt hash",
];

/** Keys that name where a secret is, not what it is, or that only sound like one. */
const namesOnly =
  /^(existing|pull|image pull|tls|create|mount|use|enable|external|generate|require|auto)\b|^(http|next|page|request|client request|continuation) token/;

/** A cheap look before the costly one: nearly no key has any of these. */
const keyHint = /passw|phrase|token|secret|credential|api.?key|private|signing|encryption|webhook|string|hash/i;

/** Whether a text under this key is a secret by the key's name. */
export function isSecretKey(key: string): boolean {
  if (!keyHint.test(key)) return false;
  const words = wordsOf(key);
  return !namesOnly.test(words) && secretEnds.some((end) => words === end || words.endsWith(` ${end}`));
}

/** "adminPassword", "admin_password" and "ADMIN-PASSWORD" are "admin password". */
function wordsOf(key: string): string {
  const spaced = key.replace(/([a-z0-9])([A-Z])/g, "$1 $2").replace(/[^A-Za-z0-9]+/g, " ");
  return spaced.trim().toLowerCase();
}

/** Texts that are secrets by their form, wherever they stand. Sources: GitHub's and AWS's own descriptions of their token formats. */
const secretForms = [
  "-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)",
  "\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b",
  "\\bgh[pousr]_[A-Za-z0-9]{20,}\\b",
  "\\bgithub_pat_[A-Za-z0-9_]{20,}",
  "\\bglpat-[A-Za-z0-9_-]{16,}",
  "\\bxox[abeprs]-[A-Za-z0-9-]{10,}",
  "https://hooks\\.slack\\.com/[A-Za-z]+/[A-Za-z0-9/_-]+",
  "\\beyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]*",
  "(?<=[a-z][a-z0-9+.-]{1,20}://[^\\s/:@]{0,60}:)[^\\s/@]+(?=@)",
];
const secretForm = new RegExp(secretForms.join("|"), "g");

/** The same for texts. */
const textHint = /PRIVATE KEY|A[KS]IA|gh[pousr]_|github_pat_|glpat-|xox|hooks\.slack|eyJ|:\/\/[^\s/]*@/;

/** The text with every secret in it replaced. */
export function withoutSecrets(text: string, mark: string): string {
  return textHint.test(text) ? text.replace(secretForm, mark) : text;
}
