/**
 * Instance types that node groups may name: vCPU, memory, architecture, network interfaces and IPv4 addresses of each.
 * Sources: memory and vCPU as in https://karpenter.sh/docs/reference/instance-types/ (v1.14); interfaces and addresses from
 * nodeadm/internal/kubelet/instance-info.jsonl of awslabs/amazon-eks-ami (2026-07). Within these families a size has the same limits
 * everywhere and memory follows from the family's letter, so the table has families and sizes, not their 278 products.
 */

export interface InstanceType {
  readonly name: string;
  readonly architecture: "amd64" | "arm64";
  readonly vcpu: number;
  /** Nominal, MiB. */
  readonly memoryMiB: number;
  readonly interfaces: number;
  /** IPv4 addresses per interface, the primary one included. */
  readonly addresses: number;
}

type Size = readonly [vcpu: number, interfaces: number, addresses: number];

const sizes: Readonly<Record<string, Size>> = {
  medium: [1, 2, 4],
  large: [2, 3, 10],
  xlarge: [4, 4, 15],
  "2xlarge": [8, 4, 15],
  "4xlarge": [16, 8, 30],
  "8xlarge": [32, 8, 30],
  "9xlarge": [36, 8, 30],
  "12xlarge": [48, 8, 30],
  "16xlarge": [64, 15, 50],
  "18xlarge": [72, 15, 50],
  "24xlarge": [96, 15, 50],
  "32xlarge": [128, 15, 50],
  "48xlarge": [192, 15, 50],
};

/** GiB of memory per vCPU, by the family's first letter: compute, general purpose, memory. */
const memoryPerVcpu: Readonly<Record<string, number>> = { c: 2, m: 4, r: 8 };

const common = "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge";

/** Virtual sizes only: a bare metal machine is no size to try a platform on. */
const families: Readonly<Record<string, string>> = {
  c5: "large xlarge 2xlarge 4xlarge 9xlarge 12xlarge 18xlarge 24xlarge",
  c5a: `${common} 24xlarge`,
  c6a: `${common} 24xlarge 32xlarge 48xlarge`,
  c6g: `medium ${common}`,
  c6i: `${common} 24xlarge 32xlarge`,
  c7a: `medium ${common} 24xlarge 32xlarge 48xlarge`,
  c7g: `medium ${common}`,
  c7i: `${common} 24xlarge 48xlarge`,
  "c7i-flex": common,
  c8g: `medium ${common} 24xlarge 48xlarge`,
  m5: `${common} 24xlarge`,
  m5a: `${common} 24xlarge`,
  m6a: `${common} 24xlarge 32xlarge 48xlarge`,
  m6g: `medium ${common}`,
  m6i: `${common} 24xlarge 32xlarge`,
  m7a: `medium ${common} 24xlarge 32xlarge 48xlarge`,
  m7g: `medium ${common}`,
  m7i: `${common} 24xlarge 48xlarge`,
  "m7i-flex": common,
  m8g: `medium ${common} 24xlarge 48xlarge`,
  r5: `${common} 24xlarge`,
  r5a: `${common} 24xlarge`,
  r6a: `${common} 24xlarge 32xlarge 48xlarge`,
  r6g: `medium ${common}`,
  r6i: `${common} 24xlarge 32xlarge`,
  r7a: `medium ${common} 24xlarge 32xlarge 48xlarge`,
  r7g: `medium ${common}`,
  r7i: `${common} 24xlarge 48xlarge`,
  r8g: `medium ${common} 24xlarge 48xlarge`,
};

/** Burstable types follow no rule: vCPU, memory MiB, interfaces, addresses. */
const burstable: Readonly<Record<string, readonly [number, number, number, number]>> = {
  nano: [2, 512, 2, 2],
  micro: [2, 1024, 2, 2],
  small: [2, 2048, 3, 4],
  medium: [2, 4096, 3, 6],
  large: [2, 8192, 3, 12],
  xlarge: [4, 16384, 4, 15],
  "2xlarge": [8, 32768, 4, 15],
};

export const instanceTypes: ReadonlyMap<string, InstanceType> = new Map([...regular(), ...burst()].map((type) => [type.name, type]));

function regular(): InstanceType[] {
  return Object.entries(families).flatMap(([family, names]) =>
    names.split(" ").map((size) => {
      const [vcpu, interfaces, addresses] = sizes[size] ?? [0, 0, 0];
      const memoryMiB = vcpu * (memoryPerVcpu[family.charAt(0)] ?? 0) * 1024;
      return { name: `${family}.${size}`, architecture: architecture(family), vcpu, memoryMiB, interfaces, addresses };
    }),
  );
}

function burst(): InstanceType[] {
  return ["t3", "t3a", "t4g"].flatMap((family) =>
    Object.entries(burstable).map(([size, [vcpu, memoryMiB, interfaces, addresses]]) => ({
      name: `${family}.${size}`,
      architecture: architecture(family),
      vcpu,
      memoryMiB,
      // The one difference between t3 and t3a.
      interfaces: family === "t3a" && size === "small" ? 2 : interfaces,
      addresses,
    })),
  );
}

/** Graviton families have a "g" after the generation: m7g, t4g. */
function architecture(family: string): InstanceType["architecture"] {
  return /^[a-z]\d+g/.test(family) ? "arm64" : "amd64";
}

/** @throws Error that names the table, where the type is not in it. */
export function instanceType(name: string): InstanceType {
  const found = instanceTypes.get(name);
  if (found) return found;
  const family = name.split(".")[0] ?? "";
  const near = [...instanceTypes.keys()].filter((known) => known.startsWith(`${family}.`));
  const hint =
    near.length > 0
      ? `Known of this family: ${near.join(", ")}.`
      : `Known families: ${[...Object.keys(families), "t3", "t3a", "t4g"].join(", ")}.`;
  throw new Error(
    `Instance type "${name}" is not in rehearsal/kubernetes/instance-types.ts, so its nodes cannot be simulated. ${hint} Add it there with its source.`,
  );
}
