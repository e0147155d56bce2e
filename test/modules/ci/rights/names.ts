/** Names of an imaginary account, for requests of simulations. */
import type { Statement } from "../../../../modules/iam/policy.ts";
import type { Rights } from "../../../support/iam.ts";

export const account = "111122223333";
export const region = "ap-northeast-2";
export const at = (service: string, rest: string) => `arn:aws:${service}:${region}:${account}:${rest}`;
export const iam = (kind: string, name: string) => `arn:aws:iam::${account}:${kind}/${name}`;
export const image = at("ecr", "repository/shop/api");
export const artifacts = "arn:aws:s3:::artifacts";
export const key = at("kms", "key/ci");
export const group = at("codedeploy", "deploymentgroup:mainline-shared-shop/mainline-shared-shop");

export interface Role {
  readonly statements: readonly Statement[];
  readonly boundary?: readonly Statement[];
  readonly rights: Rights;
}

export type Roles = Readonly<Record<string, Role>>;
