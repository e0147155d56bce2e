/** The namespaces of the chosen add-ons: each once, labelled for pod security and quota, gone after the last release in it. */
import { LimitRangeV1 } from "@cdktf/provider-kubernetes/lib/limit-range-v1/index.js";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1/index.js";
import { ResourceQuotaV1 } from "@cdktf/provider-kubernetes/lib/resource-quota-v1/index.js";
import { dependable, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type Namespace, ruleOf } from "./namespaces.ts";
import { defaultContainer, type PlannedQuota, quotaLabel } from "./quota.ts";

export class Namespaces extends Construct {
  private readonly made: ReadonlyMap<Namespace, NamespaceV1>;
  private readonly limits: ReadonlyMap<Namespace, readonly ITerraformDependable[]>;

  /** @param quotas of namespaces that are not exempt. */
  constructor(scope: Construct, id: string, names: readonly Namespace[], project: string, quotas: readonly PlannedQuota[]) {
    super(scope, id);
    const own = [...new Set(names)].filter((name) => !ruleOf(name).existing).sort();
    const limited = new Map(quotas.map((quota) => [quota.namespace, quota]));
    const made = own.map((name) => {
      const labels = labelsOf(name, project, limited.has(name));
      return [name, new NamespaceV1(this, name, { metadata: { name, labels } })] as const;
    });
    this.made = new Map(made);
    this.limits = new Map(
      made.map(([name, namespace]) => {
        const quota = limited.get(name);
        return [name, quota ? limitsOf(this, namespace, quota) : []] as const;
      }),
    );
  }

  /** What a release in a namespace waits for: nothing where EKS made it. */
  before(name: Namespace): ITerraformDependable[] {
    const namespace = this.made.get(name);
    return namespace ? [namespace, ...(this.limits.get(name) ?? [])] : [];
  }

  /** Makes a namespace come after these, and so be gone before them; see namespace-order.ts. */
  putAfter(name: Namespace, others: readonly ITerraformDependable[]): void {
    const namespace = this.made.get(name);
    if (namespace) namespace.dependsOn = others.map(dependable);
  }
}

/** `enforce` refuses pods, `warn` tells whoever applies them. Source: Kubernetes documentation, "Pod Security Admission". */
function labelsOf(name: Namespace, project: string, limited: boolean): Record<string, string> {
  const { podSecurity } = ruleOf(name);
  return {
    "app.kubernetes.io/managed-by": "terraform",
    "app.kubernetes.io/part-of": project,
    "pod-security.kubernetes.io/enforce": podSecurity,
    "pod-security.kubernetes.io/warn": podSecurity,
    [quotaLabel]: limited ? "limited" : "exempt",
  };
}

const systemClasses = ["system-cluster-critical", "system-node-critical"];

/** Source: Kubernetes documentation, "Resource Quotas", PriorityClass scope. */
function limitsOf(scope: Construct, namespace: NamespaceV1, quota: PlannedQuota): ITerraformDependable[] {
  const metadata = (name: string) => ({ name, namespace: namespace.metadata.name });
  const priorities = (operator: "In" | "NotIn") => ({
    matchExpression: [{ scopeName: "PriorityClass", operator, values: systemClasses }],
  });
  return [
    new ResourceQuotaV1(scope, `${quota.namespace}-pods`, {
      metadata: metadata("pods"),
      spec: {
        hard: {
          pods: String(quota.pods),
          "requests.cpu": `${quota.milliCpu}m`,
          "requests.memory": `${quota.memoryMiB}Mi`,
        },
        scopeSelector: priorities("NotIn"),
      },
    }),
    // Else a job could name a system priority, be counted nowhere and push the platform's own pods off their nodes.
    new ResourceQuotaV1(scope, `${quota.namespace}-priorities`, {
      metadata: metadata("system-priorities"),
      spec: { hard: { pods: String(quota.systemPods) }, scopeSelector: priorities("In") },
    }),
    new LimitRangeV1(scope, `${quota.namespace}-defaults`, {
      metadata: metadata("defaults"),
      spec: {
        limit: [
          {
            type: "Container",
            defaultRequest: { cpu: defaultContainer.cpu, memory: defaultContainer.memory },
            default: { memory: defaultContainer.memoryLimit },
          },
        ],
      },
    }),
  ];
}
