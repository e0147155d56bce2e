/**
 * What the API server itself refuses in namespaces of teams, because it would reach into those of others. Rights (rights.ts) and projects of
 * Argo CD say which kinds a team may bring; this is about fields of kinds that it may. By admission policies in CEL, so that nothing has to run
 * for it, and it holds for people and pipelines alike. Limits: docs/tenancy.md.
 */
import type { CustomResource } from "../addons/addon.ts";

interface Border {
  readonly on: { readonly apiGroups: readonly string[]; readonly resources: readonly string[] };
  readonly rules: readonly Rule[];
}

interface Rule {
  /** CEL that must be true. */
  readonly expression: string;
  /** CEL of the text that the user reads. */
  readonly message: string;
}

const annotations = "object.metadata.?annotations.orValue({})";
const team = "namespaceObject.metadata.labels['team']";
const group = "alb.ingress.kubernetes.io/group.name";
const files = ["caFile", "certFile", "keyFile"].map((file) => `!has(e.tlsConfig.${file})`).join(" && ");

const borders: Readonly<Record<string, Border>> = {
  ingresses: {
    on: { apiGroups: ["networking.k8s.io"], resources: ["ingresses"] },
    rules: [
      {
        // Whoever is in a group writes rules of its load balancer, also before those of others (group.order). Source: AWS Load Balancer
        // Controller, "Ingress annotations", IngressGroup.
        expression: `${annotations}.all(k, k != '${group}' || ${annotations}[k] == ${team} || ${annotations}[k].startsWith(${team} + '.'))`,
        message: `'annotation ${group}: another team could be in this group. Name it ' + ${team} + ', or ' + ${team} + '.<more>'`,
      },
      {
        // By ARN or name a rule sends to target groups of anybody. Go reads keys of JSON in any case, and escaped.
        expression: `${annotations}.all(k, !k.startsWith('alb.ingress.kubernetes.io/actions.') || !${annotations}[k].lowerAscii().matches('targetgroup(arn|name)|\\\\\\\\u'))`,
        message:
          "'annotation alb.ingress.kubernetes.io/actions.*: target groups may be anybody\\'s. Name Services (serviceName, servicePort)'",
      },
    ],
  },
  services: {
    on: { apiGroups: [""], resources: ["services"] },
    rules: [
      {
        // CVE-2020-8554: nodes send what is meant for these addresses to the Service's pods, whoever asked.
        expression: "object.spec.?externalIPs.orValue([]).size() == 0",
        message:
          "'spec.externalIPs: takes the traffic to these addresses from everybody in the cluster. Leave it out; an Ingress lets others in'",
      },
    ],
  },
  servicemonitors: {
    on: { apiGroups: ["monitoring.coreos.com"], resources: ["servicemonitors"] },
    rules: [
      {
        // Prometheus would send its own token to whom it scrapes. Source: Prometheus Operator, API reference, arbitraryFSAccessThroughSMs,
        // which cannot be set: monitors of the kubelet need it.
        expression: `object.spec.endpoints.all(e, !has(e.bearerTokenFile) && (!has(e.tlsConfig) || (${files})))`,
        message: "'spec.endpoints: files would be those of Prometheus. Name a Secret (authorization.credentials, tlsConfig.ca.secret)'",
      },
    ],
  },
};

/** The policies and their bindings, once per cluster. */
export function borderPolicies(project: string): CustomResource[] {
  return Object.entries(borders).flatMap(([what, border]) => policyOf(`${project}-teams-${what}`, border, project));
}

function policyOf(name: string, { on, rules }: Border, project: string): CustomResource[] {
  const labels = { "app.kubernetes.io/part-of": project };
  const apiVersion = "admissionregistration.k8s.io/v1";
  const policy = {
    apiVersion,
    kind: "ValidatingAdmissionPolicy",
    metadata: { name, labels },
    spec: {
      failurePolicy: "Fail",
      matchConstraints: {
        namespaceSelector: { matchLabels: labels, matchExpressions: [{ key: "team", operator: "Exists" }] },
        resourceRules: [{ ...on, apiVersions: ["*"], operations: ["CREATE", "UPDATE"] }],
      },
      // What was there before may still go: its controller takes its finalizer off by an update.
      matchConditions: [{ name: "stays", expression: "!has(object.metadata.deletionTimestamp)" }],
      validations: rules.map(({ expression, message }) => ({ expression, messageExpression: message })),
    },
  };
  return [
    policy,
    {
      apiVersion,
      kind: "ValidatingAdmissionPolicyBinding",
      metadata: { name, labels },
      spec: { policyName: name, validationActions: ["Deny"] },
    },
  ];
}
