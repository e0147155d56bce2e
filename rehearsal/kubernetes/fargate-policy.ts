/**
 * Gives pods that match a Fargate profile to the Fargate scheduler when they are created. EKS does it by a webhook of its own; here a
 * MutatingAdmissionPolicy does, which the API server runs itself. Without it the real scheduler would place them on other nodes. Pure.
 */
import type { FargateProfile } from "../eks/data-plane.ts";
import { fargateScheduler, globExpression, profileLabel } from "./fargate.ts";

export interface PolicyObject {
  readonly collection: "mutatingadmissionpolicies" | "mutatingadmissionpolicybindings";
  readonly name: string;
  readonly body: object;
}

/** Policy and binding per profile. `version` of admissionregistration.k8s.io. */
export function fargatePolicies(profiles: readonly FargateProfile[], version: string): PolicyObject[] {
  const apiVersion = `admissionregistration.k8s.io/${version}`;
  return profiles.flatMap((profile): PolicyObject[] => {
    const name = `rehearsal-fargate-${profile.name.toLowerCase().replaceAll(/[^a-z0-9-]/g, "-")}`;
    const spec = {
      // Pods are created all the same where the expression fails on an odd object.
      failurePolicy: "Ignore",
      reinvocationPolicy: "Never",
      matchConstraints: {
        resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"] }],
      },
      matchConditions: [{ name: "selected", expression: condition(profile) }],
      mutations: [{ patchType: "ApplyConfiguration", applyConfiguration: { expression: mutation(profile) } }],
    };
    return [
      {
        collection: "mutatingadmissionpolicies",
        name,
        body: { apiVersion, kind: "MutatingAdmissionPolicy", metadata: { name }, spec },
      },
      {
        collection: "mutatingadmissionpolicybindings",
        name,
        body: { apiVersion, kind: "MutatingAdmissionPolicyBinding", metadata: { name }, spec: { policyName: name } },
      },
    ];
  });
}

function mutation({ name }: FargateProfile): string {
  const labels = `Object.metadata{labels: {${text(profileLabel)}: ${text(name)}}}`;
  return `Object{metadata: ${labels}, spec: Object.spec{schedulerName: ${text(fargateScheduler)}}}`;
}

/** The same decision as profileOf. */
function condition({ name, selectors }: FargateProfile): string {
  const label = (key: string) => `object.metadata.labels[${text(key)}]`;
  const has = (key: string) => `has(object.metadata.labels) && ${text(key)} in object.metadata.labels`;
  const selected = selectors.map((selector) =>
    [
      `request.namespace.matches(${text(globExpression(selector.namespace))})`,
      ...Object.entries(selector.labels).map(([key, value]) => `(${has(key)} && ${label(key)}.matches(${text(globExpression(value))}))`),
    ].join(" && "),
  );
  const daemon = 'has(object.metadata.ownerReferences) && object.metadata.ownerReferences.exists(owner, owner.kind == "DaemonSet")';
  return `!(${daemon}) && (!(${has(profileLabel)}) || ${label(profileLabel)} == ${text(name)}) && (${selected.map((each) => `(${each})`).join(" || ")})`;
}

/** A CEL string; its escapes are those of JSON. */
function text(value: string): string {
  return JSON.stringify(value);
}
