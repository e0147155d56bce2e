/** Every version that this workspace applies, in one file that a bot can bump. */

/** Kubernetes minor of new clusters. EKS standard support of 1.35 ends on 2027-03-27 (EKS user guide, "Kubernetes release calendar"). */
export const kubernetes = "1.35";

/** `use_lockfile` of the S3 backend came with 1.10; OpenTofu has it since 1.10, too. */
export const terraformConstraint = ">= 1.10.0";

/** First major version of a provider that was not tried; the lower bound is the environment's. */
const firstUntried = { aws: 7 } as const;

/** Version constraint of a provider, from the environment's lower bound to the first major that was not tried. */
export function providerConstraint(provider: keyof typeof firstUntried, atLeast: string): string {
  return `>= ${atLeast}, < ${firstUntried[provider]}.0.0`;
}
