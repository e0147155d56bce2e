/** Rights of the External Secrets Operator to read. Source: External Secrets documentation, "AWS Secrets Manager" and "Parameter Store". */
import { allow, type Statement } from "../../../iam/policy.ts";

export interface ReadSettings {
  readonly account: string;
  readonly region: string;
  /** Prefixes of names, each ending in a slash. */
  readonly secrets: readonly string[];
  readonly parameters: readonly string[];
  readonly keys: readonly string[];
}

/** To read what is named, and to find what is not. */
export function readPolicy(settings: ReadSettings): readonly Statement[] {
  const [secrets, parameters, decryption] = readValues(settings);
  return [
    secrets,
    allow(
      "finds secrets by name or tag (dataFrom.find); no resource level, and values only of what the statement above allows",
      ["secretsmanager:BatchGetSecretValue", "secretsmanager:ListSecrets"],
      "*",
    ),
    parameters,
    allow("finds parameters by name; no resource level", "ssm:DescribeParameters", "*"),
    decryption,
  ];
}

/** To read what is named. */
export function readValues({ account, region, secrets, parameters, keys }: ReadSettings): readonly [Statement, Statement, Statement] {
  const arn = (service: string, path: string) => `arn:aws:${service}:${region}:${account}:${path}`;
  return [
    allow(
      "reads secrets below the prefixes of this environment",
      [
        "secretsmanager:DescribeSecret",
        "secretsmanager:GetResourcePolicy",
        "secretsmanager:GetSecretValue",
        "secretsmanager:ListSecretVersionIds",
      ],
      secrets.map((prefix) => arn("secretsmanager", `secret:${prefix}*`)),
    ),
    allow(
      "reads parameters below the prefixes of this environment",
      ["ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath"],
      // A parameter's ARN has one slash between `parameter` and its name, whether or not the name begins with one.
      parameters.map((prefix) => arn("ssm", `parameter/${prefix.replace(/^\//, "")}*`)),
    ),
    allow("decrypts them, and nothing else that the keys protect", "kms:Decrypt", keys, {
      StringEquals: { "kms:ViaService": [`secretsmanager.${region}.amazonaws.com`, `ssm.${region}.amazonaws.com`] },
    }),
  ];
}
