/** Add-ons as plain values: every catalogue entry, with each of its examples, in both profiles. No construct, no file. */

import { withProfile } from "../../environments/profiles.ts";
import { type AddonId, addonOptions } from "../../environments/schema/addons.ts";
import { type EnvironmentInput, environmentSchema } from "../../environments/schema.ts";
import { kubernetes } from "../../environments/versions.ts";
import { catalogue } from "../../modules/addons/catalogue/index.ts";
import type { Surroundings } from "../../modules/addons/context.ts";
import { type PlannedAddon, plannedAddon } from "../../modules/addons/plan.ts";
import { minimal } from "./environment.ts";

export const addonIds = (Object.keys(catalogue) as AddonId[]).sort();

/** What the cluster and network stacks publish, as it could be. */
export const cluster = {
  name: "mainline-test",
  version: kubernetes,
  arn: "arn:aws:eks:ap-northeast-2:111122223333:cluster/mainline-test",
  endpoint: "https://0123456789ABCDEF.gr7.ap-northeast-2.eks.amazonaws.com",
  oidcProviderArn: "arn:aws:iam::111122223333:oidc-provider/oidc.eks.ap-northeast-2.amazonaws.com/id/0123456789ABCDEF",
  oidcIssuer: "oidc.eks.ap-northeast-2.amazonaws.com/id/0123456789ABCDEF",
  securityGroupId: "sg-0a1b2c3d4e5f67890",
  kmsKeyArn: "arn:aws:kms:ap-northeast-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  fileSystemId: "fs-0a1b2c3d4e5f67890",
  karpenterNodeRole: "mainline-test-karpenter-node",
  karpenterInstanceProfile: "mainline-test-karpenter-node",
};
export const network = {
  vpcId: "vpc-0a1b2c3d4e5f67890",
  vpcCidr: "10.0.0.0/16",
  privateSubnetIds: { "apne2-az1": "subnet-0a1b2c3d4e5f67890" },
  publicSubnetIds: { "apne2-az1": "subnet-0a1b2c3d4e5f67891" },
  loadBalancerSecurityGroupId: "sg-0a1b2c3d4e5f67891",
  nodeSecurityGroupId: "sg-0a1b2c3d4e5f67892",
};

/** An environment with these add-ons, seen from them. */
export function surroundingsOf(addons: EnvironmentInput["addons"], overrides: Partial<EnvironmentInput> = {}): Surroundings {
  const environment = environmentSchema.parse(withProfile({ ...minimal, ...overrides, addons }));
  return { environment, cluster, network, named: (thing) => `${environment.project}-${environment.name}-${thing}` };
}

/** The inputs that an add-on's schema names as examples; the first is the smallest. */
export function examplesOf(id: AddonId): readonly object[] {
  const examples = addonOptions[id].meta()?.examples;
  if (!Array.isArray(examples) || examples.length === 0) throw new Error(`environments/schema/addons/${id}.ts names no example`);
  return examples;
}

/** All add-ons together, each with its first example, but those that exclude `id` or one another. */
export function companions(id: AddonId): EnvironmentInput["addons"] {
  const chosen: AddonId[] = [id];
  for (const other of addonIds) if (chosen.every((one) => one === other || !exclude(one, other))) chosen.push(other);
  return Object.fromEntries(chosen.map((one) => [one, examplesOf(one)[0]]));
}

function exclude(one: AddonId, other: AddonId): boolean {
  const names = (from: AddonId, to: AddonId) => catalogue[from].conflicts?.some((conflict) => conflict.id === to) ?? false;
  return names(one, other) || names(other, one);
}

export interface Variant {
  readonly title: string;
  readonly planned: PlannedAddon;
}

/** One add-on in both profiles with each example, alone (but for what it needs) and among all others. */
export function variantsOf(id: AddonId): Variant[] {
  return (["development", "production"] as const).flatMap((profile) =>
    examplesOf(id).flatMap((options, place) => {
      const among = { ...companions(id), [id]: options };
      const alone = Object.fromEntries([id, ...(catalogue[id].needs ?? []).map((need) => need.id)].map((one) => [one, among[one]]));
      return Object.entries({ alone, "with all others": among }).map(([title, addons]) => ({
        title: `${profile}, example ${place + 1}, ${title}`,
        planned: plannedAddon(id, surroundingsOf(addons, { profile })),
      }));
    }),
  );
}
