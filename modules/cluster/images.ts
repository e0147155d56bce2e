/** Which EKS optimized AL2023 image the instance types of a group need. */
import { type Architecture, architecture } from "../../environments/instance-types.ts";
import { UserError } from "../../environments/user-error.ts";

export interface Image {
  readonly architecture: Architecture;
  /** With drivers for graphics cards, for Inferentia and Trainium, or without. */
  readonly variant: "standard" | "nvidia" | "neuron";
}

/** Families with accelerators. Source: EC2 instance types guide, "Accelerated computing". */
const nvidia = new Set(["g", "gr", "p"]);
const neuron = new Set(["inf", "trn"]);

function imageOfType(type: string): Image {
  const letters = /^[a-z]+/.exec(type)?.[0] ?? "";
  const variant = nvidia.has(letters) ? "nvidia" : neuron.has(letters) ? "neuron" : "standard";
  return { architecture: architecture(type), variant };
}

/**
 * The image that all types of a group share.
 * @throws where they need different ones: a group has one image.
 */
export function imageOf(group: string, types: readonly string[]): Image {
  const images = types.map(imageOfType);
  const [first, ...others] = images;
  if (first === undefined) throw new UserError(`Node group ${group} names no instance type.`);
  if (others.some((other) => amiType(other) !== amiType(first))) {
    const found = types.map((type) => `${type} needs ${amiType(imageOfType(type))}`).join(", ");
    throw new UserError(`Node group ${group} mixes images: ${found}. A group has one image: make a group for each.`);
  }
  return first;
}

/** `ami_type` of a managed group, for example AL2023_ARM_64_STANDARD. Source: EKS API reference, Nodegroup. */
export function amiType({ architecture, variant }: Image): string {
  return `AL2023_${architecture === "arm64" ? "ARM_64" : "x86_64"}_${variant.toUpperCase()}`;
}

/**
 * Public SSM parameter with the id of one image release. Not `recommended`, which moves by itself and would change nodes without a change
 * in code. Source: EKS user guide, "Retrieve recommended Amazon Linux AMI IDs".
 * @param release `<kubelet>-<date>`, as in versions.ts.
 */
export function imageParameter({ architecture, variant }: Image, minor: string, release: string): string {
  const date = release.slice(release.lastIndexOf("-") + 1);
  const name = `amazon-eks-node-al2023-${architecture}-${variant}-${minor}-v${date}`;
  return `/aws/service/eks/optimized-ami/${minor}/amazon-linux-2023/${architecture}/${variant}/${name}/image_id`;
}
