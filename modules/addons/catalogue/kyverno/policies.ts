/**
 * The baseline as data: for each rule its message, what it looks at and a CEL expression that must be true. Expressions are about a Pod;
 * Kyverno derives the rules for Deployments, Jobs and so on (Kyverno, "ValidatingPolicy", autogen). The first five of pods are those of the
 * Pod Security Standards that hurt most; they reach namespaces that carry no pod security label.
 */
import type { policyNames } from "../../../../environments/schema/addons/kyverno.ts";
import type { AddonOptions } from "../../../../environments/schema/addons.ts";
import type { CustomResource } from "../../addon.ts";
import { namespaces } from "../../namespaces.ts";

type Options = AddonOptions<"kyverno">;
type Name = (typeof policyNames)[number];

interface Rule {
  /** What the user reads: what is wrong and what to do. */
  readonly message: string;
  readonly on: "pods" | "workloads" | "services";
  readonly expression: string;
  /** The one namespace that it is about; absent: all that are not spared. */
  readonly namespace?: string;
}

/** Optional fields by CEL's optional syntax, so that an absent field is no error. */
const all = "object.spec.containers + object.spec.?initContainers.orValue([]) + object.spec.?ephemeralContainers.orValue([])";

const rules: Readonly<Record<Exclude<Name, "require-labels" | "restrict-registries">, Rule>> = {
  "disallow-privileged": {
    message: "A privileged container owns its node. Take `privileged: true` away, or add the one capability that is needed.",
    on: "pods",
    expression: "variables.all.all(c, !c.?securityContext.?privileged.orValue(false))",
  },
  "disallow-host-namespaces": {
    message: "Processes, network and memory of the node are not the pod's. Take hostNetwork, hostPID and hostIPC away.",
    on: "pods",
    expression: ["hostNetwork", "hostPID", "hostIPC"].map((field) => `!object.spec.?${field}.orValue(false)`).join(" && "),
  },
  "disallow-host-path": {
    message: "A hostPath volume reads and writes the node's own files. Use a claim, a config map or an emptyDir.",
    on: "pods",
    expression: "object.spec.?volumes.orValue([]).all(v, !has(v.hostPath))",
  },
  "disallow-privilege-escalation": {
    message: "Set `securityContext.allowPrivilegeEscalation: false` on every container: without it a setuid program becomes root.",
    on: "pods",
    expression: "variables.all.all(c, c.?securityContext.?allowPrivilegeEscalation.orValue(true) == false)",
  },
  "require-non-root": {
    message: "Set `runAsNonRoot: true`, for the pod or on every container.",
    on: "pods",
    expression:
      "variables.all.all(c, c.?securityContext.?runAsNonRoot.orValue(object.spec.?securityContext.?runAsNonRoot.orValue(false)) == true)",
  },
  "disallow-latest-tag": {
    message: "Give every image a tag other than `latest`, or a digest: otherwise a restart may bring another program.",
    on: "pods",
    // A colon of a registry's port comes before a slash.
    expression: "variables.all.all(c, c.image.contains('@sha256:') || (c.image.matches(':[^/]+$') && !c.image.endsWith(':latest')))",
  },
  "require-requests": {
    message: "Say `requests` of CPU and memory and a `limit` of memory on every container: the scheduler counts with them.",
    on: "pods",
    expression: [
      "object.spec.containers.all(c, has(c.resources) && has(c.resources.requests) && has(c.resources.limits)",
      "'cpu' in c.resources.requests && 'memory' in c.resources.requests && 'memory' in c.resources.limits)",
    ].join(" && "),
  },
  "disallow-default-namespace": {
    message: "Use a namespace of its own: `default` has no owner, no quota and no network policy.",
    on: "pods",
    // Not by the object's own namespace: in the rules that Kyverno derives for Deployments, metadata is the pod template's, which has none.
    namespace: "default",
    expression: "false",
  },
  "require-readiness-probe": {
    message: "Give every container of a Deployment or StatefulSet a readinessProbe: without it requests reach pods that cannot answer.",
    on: "workloads",
    expression: "object.kind == 'DaemonSet' || object.spec.template.spec.containers.all(c, has(c.readinessProbe))",
  },
  "disallow-node-port": {
    message: "A NodePort opens a port on every node. Use an Ingress or a Service of type LoadBalancer.",
    on: "services",
    expression: "object.spec.?type.orValue('ClusterIP') != 'NodePort'",
  },
};

/** Rules that an option completes; absent where the option is empty. */
function fromOptions({ labels, registries }: Options): Partial<Record<Name, Rule>> {
  const known = registries.map((registry) => `c.image.startsWith(${quoted(registry)})`).join(" || ");
  const labelled = labels.map((label) => `${quoted(label)} in object.metadata.?labels.orValue({})`).join(" && ");
  return {
    ...(labels.length > 0 && {
      "require-labels": { message: `Set the labels ${labels.join(", ")}.`, on: "workloads", expression: labelled },
    }),
    ...(registries.length > 0 && {
      "restrict-registries": {
        message: `Images come from ${registries.join(", ")}. Copy this one there.`,
        on: "pods",
        expression: `variables.all.all(c, ${known})`,
      },
    }),
  };
}

/** A CEL string. The forms of the options allow neither quotes nor backslashes. */
function quoted(text: string): string {
  return `'${text}'`;
}

const looksAt = {
  pods: { apiGroups: [""], apiVersions: ["v1"], resources: ["pods"] },
  workloads: { apiGroups: ["apps"], apiVersions: ["v1"], resources: ["deployments", "statefulsets", "daemonsets"] },
  services: { apiGroups: [""], apiVersions: ["v1"], resources: ["services"] },
} as const;

/** The policies of an environment, by name. */
export function policies(options: Options): CustomResource[] {
  const chosen = Object.entries({ ...rules, ...fromOptions(options) }) as [Name, Rule][];
  return chosen
    .filter(([name]) => !options.off.includes(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, rule]) => policyOf(name, rule, options));
}

function policyOf(name: Name, { message, on, expression, namespace }: Rule, { deny, except }: Options): CustomResource {
  const spared = [...Object.keys(namespaces), "kube-node-lease", "kube-public", ...except].sort();
  const where = namespace === undefined ? { operator: "NotIn", values: spared } : { operator: "In", values: [namespace] };
  return {
    apiVersion: "policies.kyverno.io/v1",
    kind: "ValidatingPolicy",
    metadata: { name },
    spec: {
      validationActions: [deny.includes(name) ? "Deny" : "Audit"],
      // Kyverno being away must not stop the repair of a cluster; pod security labels of namespaces refuse in any case.
      failurePolicy: "Ignore",
      evaluation: { admission: { enabled: true }, background: { enabled: true } },
      matchConstraints: {
        namespaceSelector: { matchExpressions: [{ key: "kubernetes.io/metadata.name", ...where }] },
        resourceRules: [{ ...looksAt[on], operations: ["CREATE", "UPDATE"] }],
      },
      ...(on === "pods" && { variables: [{ name: "all", expression: all }] }),
      validations: [{ message, expression }],
    },
  };
}
