/**
 * The platform's baseline of policies (add-on kyverno), enforced by the API server itself: the same expressions as ValidatingAdmissionPolicies,
 * which is what Kyverno's own policies of this kind were made after. Every rule refuses, as if an environment denied all of them.
 */
import { kyverno } from "../../environments/schema/addons/kyverno.ts";
import { policies } from "../../modules/addons/catalogue/kyverno/policies.ts";
import type { KubernetesApi } from "../../rehearsal/kubernetes/api.ts";

const path = "/apis/admissionregistration.k8s.io/v1";

interface Policy {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly matchConstraints: object; readonly variables?: readonly object[]; readonly validations: readonly object[] };
}

/** @param registries where images may come from. Acts a moment later, as every admission policy does. */
export async function enforceBaseline(api: KubernetesApi, registries: readonly string[]): Promise<void> {
  const options = kyverno.parse({ registries, labels: ["app.kubernetes.io/name", "team"] });
  for (const policy of policies(options)) {
    const { metadata, spec } = policy as unknown as Policy;
    const { matchConstraints, variables, validations } = spec;
    const body = { metadata, spec: { failurePolicy: "Fail", matchConstraints, variables, validations } };
    await api.call({ method: "POST", path: `${path}/validatingadmissionpolicies`, body });
    const binding = { metadata, spec: { policyName: metadata.name, validationActions: ["Deny"] } };
    await api.call({ method: "POST", path: `${path}/validatingadmissionpolicybindings`, body: binding });
  }
}
