/**
 * What an instance type's name says. Source: EC2 instance types guide, "Naming conventions": family letters, generation, attributes
 * (`g` for Graviton), and after the point the size.
 */

export type Architecture = "arm64" | "x86_64";

/** Families before the Nitro system, which cannot have prefixes on their interfaces. Source: EC2 instance types guide, "Nitro-based instances". */
const beforeNitro = new Set("t1 t2 m1 m2 m3 m4 c1 c3 c4 cc2 r3 r4 i2 i3 d2 h1 f1 g2 g3 g3s p2 p3 x1 x1e".split(" "));

/** Family of a type: m7g for m7g.large. */
function familyOf(type: string): string {
  return type.split(".")[0] ?? type;
}

/** Graviton families have a `g` among the letters after the generation (m7g, c7gn, im4gn, g5g; not g5), but the first: a1. */
export function architecture(type: string): Architecture {
  const family = familyOf(type);
  const attributes = /^[a-z]+\d+([a-z]*)/.exec(family)?.[1] ?? "";
  return family === "a1" || attributes.includes("g") ? "arm64" : "x86_64";
}

/** Whether the VPC CNI can give its interfaces whole prefixes, as this platform sets it up. */
export function isNitro(type: string): boolean {
  return !beforeNitro.has(familyOf(type)) || type === "i3.metal";
}

/** vCPUs by size: 2 up to `large`, 4 for `xlarge`, 4n for `<n>xlarge`; bare metal has more than any. For limits only, not for scheduling. */
function vcpus(type: string): number {
  const size = type.split(".")[1] ?? "";
  if (size.startsWith("metal")) return Number.POSITIVE_INFINITY;
  const multiple = /^(\d*)xlarge$/.exec(size)?.[1];
  return multiple === undefined ? 2 : 4 * Number(multiple || 1);
}

/** Most pods that a node should have: 110 up to 30 vCPUs, 250 above. Source: EKS user guide, "Assign more IP addresses to nodes with prefixes". */
export function maxPods(type: string): number {
  return vcpus(type) > 30 ? 250 : 110;
}
