/**
 * What only newer AWS providers have. The bindings know all of it; an environment gets it only where its lower provider bound
 * (`awsProvider`) allows, so that the same code also applies with the oldest version we support.
 */

/** Feature and the first version of hashicorp/aws that has it. Source: CHANGELOG.md of terraform-provider-aws. */
const since = {
  /** `deletion_protection` of aws_eks_cluster (#43779). */
  eksDeletionProtection: "6.9.0",
} as const;

export type ProviderFeature = keyof typeof since;

/**
 * Whether every provider version that the environment admits has the feature.
 * @param atLeast lower bound, three numbers.
 */
export function providerHas(feature: ProviderFeature, atLeast: string): boolean {
  return compareVersions(atLeast, since[feature]) >= 0;
}

/** Negative, zero or positive, as `a` is older than, equal to or newer than `b`. Plain versions of three numbers, as the schema demands. */
function compareVersions(a: string, b: string): number {
  const right = b.split(".").map(Number);
  const differences = a.split(".").map((part, place) => Number(part) - (right[place] ?? 0));
  return differences.find((difference) => difference !== 0) ?? 0;
}
