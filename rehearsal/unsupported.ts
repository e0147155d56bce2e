/** What the emulator cannot do. The one table: a rehearsal cuts these from a copy of the JSON, and its report names them. */

/** Terraform resource type → why it cannot be rehearsed. */
export const unsupported: Readonly<Record<string, string>> = {
  aws_vpc_ipam: "moto 5.2.5 has no IPAM",
};
