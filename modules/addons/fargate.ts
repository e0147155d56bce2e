/** Whether an add-on's pods run on Fargate, where no DaemonSet runs and so no pod identity agent (EKS user guide, "EKS Pod Identity"). */
import type { Environment } from "../../environments/schema.ts";

export function runsOnFargate({ cluster }: Pick<Environment, "cluster">, namespace: string): boolean {
  const selectors = Object.values(cluster?.fargate ?? {}).flatMap((profile) => profile.selectors);
  // Selectors with labels are about single workloads of teams; add-ons carry none of their labels.
  return selectors.some(({ namespace: pattern, labels }) => Object.keys(labels).length === 0 && matches(pattern, namespace));
}

/** `*` stands for any characters, `?` for one. Source: EKS user guide, "Define which Pods use AWS Fargate", wildcards. */
function matches(pattern: string, text: string): boolean {
  const expression = pattern.replace(/[*?]/g, (wildcard) => (wildcard === "*" ? ".*" : "."));
  return new RegExp(`^${expression}$`).test(text);
}
