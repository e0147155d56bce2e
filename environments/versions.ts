/** Every version that this workspace applies, in one file that a bot can bump. */
import { UserError } from "./user-error.ts";

/** Kubernetes minor of new clusters. EKS standard support of 1.35 ends on 2027-03-27 (EKS user guide, "Kubernetes release calendar"). */
export const kubernetes = "1.35";

/** EKS add-ons that the cluster stack installs, by their name in the EKS API. */
export const addonNames = [
  "vpc-cni",
  "kube-proxy",
  "eks-pod-identity-agent",
  "coredns",
  "aws-ebs-csi-driver",
  "aws-efs-csi-driver",
  "snapshot-controller",
] as const;
export type AddonName = (typeof addonNames)[number];

/** What belongs together for one Kubernetes minor. */
export interface KubernetesRelease {
  /** Last day of standard support, ISO date; from then on the control plane costs six times as much (0.60 instead of 0.10 USD per hour). */
  readonly standardSupportEnds: string;
  /** Last day of extended support, ISO date; then EKS upgrades the cluster by itself. */
  readonly extendedSupportEnds: string;
  /** Version of each EKS add-on, as `CreateAddon` takes it. */
  readonly addons: Readonly<Record<AddonName, string>>;
  /** Release of the AL2023 node image: `<kubelet>-<date>`. Both architectures have the same. */
  readonly amiRelease: string;
}

/**
 * Minors that an environment may choose. Dates: EKS user guide, "Amazon EKS Kubernetes release calendar".
 *
 * Add-on versions are the defaults that EKS named for that minor on 2026-10-02, as published by users of the API; they were not asked of a
 * live account from here. To check or move one:
 *   aws eks describe-addon-versions --kubernetes-version 1.35 --addon-name vpc-cni --query "addons[].addonVersions[].addonVersion"
 * Node images: https://github.com/awslabs/amazon-eks-ami/releases (v20260930), or
 *   aws ssm get-parameter --name /aws/service/eks/optimized-ami/1.35/amazon-linux-2023/x86_64/standard/recommended/release_version
 * Renovate bumps the add-ons (datasource aws-eks-addon, see renovate.json); the layout below is what its expressions match.
 */
export const kubernetesVersions: Readonly<Record<string, KubernetesRelease>> = {
  "1.34": {
    standardSupportEnds: "2026-12-02",
    extendedSupportEnds: "2027-12-02",
    addons: {
      // Not below 1.22.4: CVE-2026-86831, network policies could be passed by pods of other namespaces (AWS bulletin 2026-113).
      "vpc-cni": "v1.22.4-eksbuild.3",
      "kube-proxy": "v1.34.6-eksbuild.29",
      "eks-pod-identity-agent": "v1.3.10-eksbuild.3",
      coredns: "v1.12.4-eksbuild.38",
      "aws-ebs-csi-driver": "v1.66.0-eksbuild.1",
      "aws-efs-csi-driver": "v3.4.2-eksbuild.1",
      "snapshot-controller": "v8.6.0-eksbuild.8",
    },
    amiRelease: "1.34.11-20260930",
  },
  "1.35": {
    standardSupportEnds: "2027-03-27",
    extendedSupportEnds: "2028-03-27",
    addons: {
      "vpc-cni": "v1.22.4-eksbuild.3",
      "kube-proxy": "v1.35.3-eksbuild.29",
      "eks-pod-identity-agent": "v1.3.10-eksbuild.3",
      coredns: "v1.13.2-eksbuild.31",
      "aws-ebs-csi-driver": "v1.66.0-eksbuild.1",
      "aws-efs-csi-driver": "v3.4.2-eksbuild.1",
      "snapshot-controller": "v8.6.0-eksbuild.8",
    },
    amiRelease: "1.35.8-20260930",
  },
};

/**
 * The release of a minor.
 * @throws where this workspace has no versions for it.
 */
export function kubernetesRelease(minor: string): KubernetesRelease {
  const release = kubernetesVersions[minor];
  if (release) return release;
  throw new UserError(
    `Kubernetes ${minor} has no versions in environments/versions.ts, which knows ${Object.keys(kubernetesVersions).join(", ")}. Add a row there, or choose one of these.`,
  );
}

/** Version of Terraform that CI and Atlantis run. */
export const terraform = "1.11.4";

/** `use_lockfile` of the S3 backend came with 1.10; OpenTofu has it since 1.10, too. */
export const terraformConstraint = ">= 1.10.0";

/** First major version of a provider that was not tried; the lower bound is the environment's. */
const firstUntried = { aws: 7, helm: 4, kubernetes: 4 } as const;

/** Lowest versions of the providers of the add-on stack. Helm's blocks became attributes in 3.0, and our bindings write these. */
export const addonProviders = { helm: "3.1.0", kubernetes: "3.0.0" } as const;

/** Version constraint of a provider, from the environment's lower bound to the first major that was not tried. */
export function providerConstraint(provider: keyof typeof firstUntried, atLeast: string): string {
  return `>= ${atLeast}, < ${firstUntried[provider]}.0.0`;
}
