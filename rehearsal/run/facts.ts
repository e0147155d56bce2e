/** The few facts about a stack that its line in the report tells beside the number of resources. */
import { count } from "../report.ts";
import { resourcesOf, type TerraformJson } from "./terraform-resources.ts";

/** For example "61 resources, Kubernetes 1.35, 3 nodes". */
export function facts(json: TerraformJson): string {
  const resources = resourcesOf(json);
  const versions = resources.filter(({ type }) => type === "aws_eks_cluster").map(({ attributes }) => `Kubernetes ${attributes.version}`);
  const nodes = resources.filter(({ type }) => type === "aws_eks_node_group").reduce((sum, { attributes }) => sum + desired(attributes), 0);
  return [count(resources.length, "resource"), ...versions, ...(nodes > 0 ? [count(nodes, "node")] : [])].join(", ");
}

/** cdktf writes a block as an object or as a list of one. */
function desired({ scaling_config: block }: Readonly<Record<string, unknown>>): number {
  const scaling = (Array.isArray(block) ? block[0] : block) as { readonly desired_size?: number } | undefined;
  return scaling?.desired_size ?? 0;
}
