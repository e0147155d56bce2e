/** AWS load balancer controller: application and network load balancers for Ingresses, Gateways, Services and TargetGroupBindings. */
import { addon } from "../addon.ts";
import type { Context } from "../context.ts";
import { ingressClasses } from "../ingress.ts";
import { podValues, type Workload } from "../workload.ts";
import { controllerPolicy } from "./aws-load-balancer-controller/policy.ts";

const account = "aws-load-balancer-controller";

const controller: Workload = {
  name: "aws-load-balancer-controller",
  kind: "Deployment",
  // Its webhooks refuse Ingresses and bindings while none is up (failurePolicy Fail).
  replicas: 2,
  milliCpu: 100,
  memoryMiB: 128,
  memoryLimitMiB: 512,
  maxUnavailable: 1,
  priority: "system-cluster-critical",
  labels: { "app.kubernetes.io/name": "aws-load-balancer-controller" },
  nodes: "system",
};

export const awsLoadBalancerController = addon({
  id: "aws-load-balancer-controller",
  purpose: "Makes application and network load balancers for Ingresses, Gateways, Services and TargetGroupBindings",
  chart: "aws-load-balancer-controller",
  namespace: "kube-system",
  after: ["prometheus-operator-crds"],
  kubernetes: { from: "1.22" },
  definitions: { kind: "vendored", folder: "crds-aws-load-balancer-controller" },
  // Its webhooks answer every Ingress and binding of later add-ons.
  wait: true,
  workloads: () => [controller],
  identities: ({ environment, cluster, network, options: { waf, shield } }) => [
    {
      serviceAccount: account,
      statements: controllerPolicy({
        account: environment.account,
        region: environment.region,
        clusterName: cluster.name,
        vpcId: network.vpcId,
        waf,
        shield,
      }),
    },
  ],
  values: ({ environment, cluster, network, options, has, accountAnnotations }) => ({
    clusterName: cluster.name,
    region: environment.region,
    vpcId: network.vpcId,
    serviceAccount: { name: account, annotations: accountAnnotations(account) },
    defaultTargetType: "ip",
    defaultLoadBalancerScheme: options.scheme,
    defaultSSLPolicy: options.tlsPolicy,
    enableWaf: false,
    enableWafv2: options.waf,
    enableShield: options.shield,
    enableServiceMutatorWebhook: false,
    keepTLSSecret: true,
    createIngressClassResource: false,
    ingressClassParams: { create: false },
    serviceMonitor: { enabled: has("prometheus-operator-crds") },
    replicaCount: controller.replicas ?? 1,
    podDisruptionBudget: { maxUnavailable: controller.maxUnavailable ?? 1 },
    configureDefaultAffinity: false,
    ...podValues(controller),
  }),
  resources: (context) => [
    // `internal` is for all of the class; `internet-facing` is only what an Ingress that says nothing gets, since a scheme here would win over
    // the annotation of those that must stay inside.
    ...classOf(context, ingressClasses.inside, context.options.scheme === "internal" ? "internal" : undefined),
    ...(context.options.public ? classOf(context, ingressClasses.outside, "internet-facing") : []),
  ],
  choices: {
    "region, vpcId": "given, since pods do not reach the metadata service (hop limit 1)",
    defaultTargetType: "`ip`: straight to the pod, one hop less, and the only kind on Fargate",
    enableWaf: "off: WAF Classic has ended",
    enableServiceMutatorWebhook: "off: it would stop every new Service of the cluster while the controller is away",
    "IngressClassParams/alb":
      "`scheme: internal` holds for all of the class; with `internet-facing` user interfaces of add-ons stay internal by their annotation",
    keepTLSSecret: "the webhook's certificate stays; otherwise it changes at every upgrade",
    createIngressClassResource: "the class is a resource of its own, checked against the CRD and made after the controller is up",
    configureDefaultAffinity: "off: spreading over zones and hosts is said by the constraints",
  },
  docs: {
    verify: [
      "kubectl -n kube-system rollout status deployment/aws-load-balancer-controller",
      "kubectl get ingressclass alb",
      "kubectl get ingressclassparams alb -o yaml",
    ],
    upgrade:
      "Change its line in environments/chart-versions.ts, run `npm run vendor-crds` for the new definitions, and compare policy.ts with docs/install/iam_policy.json of the same tag.",
    remove:
      "Delete all Ingresses of its classes, Services of type LoadBalancer and TargetGroupBindings first: without the controller their finalizers stay and load balancers remain. Then take it out of `addons`. The definitions stay.",
  },
});

/** A class and its parameters. Source: AWS Load Balancer Controller, "IngressClass", IngressClassParams. */
function classOf({ environment, options }: Context<"aws-load-balancer-controller">, name: string, scheme: string | undefined) {
  return [
    {
      apiVersion: "elbv2.k8s.aws/v1beta1",
      kind: "IngressClassParams",
      metadata: { name },
      spec: {
        ...(scheme !== undefined && { scheme }),
        targetType: "ip",
        sslPolicy: options.tlsPolicy,
        tags: [
          { key: "environment", value: environment.name },
          { key: "project", value: environment.project },
        ],
        loadBalancerAttributes: attributes(options.accessLogs),
        // Only inside: in a group, the blocks that one Ingress lets in hold for all of it ("inbound-cidrs", merge behaviour), and webhooks let
        // in GitHub alone. Public services share one by the annotation group.name.
        ...(name === ingressClasses.inside && options.group !== undefined && { group: { name: options.group } }),
        ...(name === ingressClasses.inside && options.from.length > 0 && { inboundCIDRs: options.from }),
      },
    },
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "IngressClass",
      metadata: { name },
      spec: { controller: "ingress.k8s.aws/alb", parameters: { apiGroup: "elbv2.k8s.aws", kind: "IngressClassParams", name } },
    },
  ];
}

/** Attributes of every load balancer of the class. Source: Application Load Balancers guide, "Load balancer attributes"; FSBP ELB.4. */
function attributes(logs: { readonly bucket: string; readonly prefix: string } | undefined) {
  const kept = [{ key: "routing.http.drop_invalid_header_fields.enabled", value: "true" }];
  if (!logs) return kept;
  return [
    ...kept,
    { key: "access_logs.s3.enabled", value: "true" },
    { key: "access_logs.s3.bucket", value: logs.bucket },
    { key: "access_logs.s3.prefix", value: logs.prefix },
  ];
}
