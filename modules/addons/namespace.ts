/** The namespaces of the chosen add-ons: each once, labelled for pod security, gone after the last release in it. */
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1/index.js";
import { Construct } from "constructs";
import { type Namespace, ruleOf } from "./namespaces.ts";

export class Namespaces extends Construct {
  private readonly made: ReadonlyMap<Namespace, NamespaceV1>;

  constructor(scope: Construct, id: string, names: readonly Namespace[], project: string) {
    super(scope, id);
    const own = [...new Set(names)].filter((name) => !ruleOf(name).existing).sort();
    this.made = new Map(own.map((name) => [name, new NamespaceV1(this, name, { metadata: { name, labels: labelsOf(name, project) } })]));
  }

  /** What a release in a namespace waits for: nothing where EKS made it. */
  before(name: Namespace): NamespaceV1[] {
    const namespace = this.made.get(name);
    return namespace ? [namespace] : [];
  }
}

/** `enforce` refuses pods, `warn` tells whoever applies them. Source: Kubernetes documentation, "Pod Security Admission". */
function labelsOf(name: Namespace, project: string): Record<string, string> {
  const { podSecurity } = ruleOf(name);
  return {
    "app.kubernetes.io/managed-by": "terraform",
    "app.kubernetes.io/part-of": project,
    "pod-security.kubernetes.io/enforce": podSecurity,
    "pod-security.kubernetes.io/warn": podSecurity,
  };
}
