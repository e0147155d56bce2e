/** Kibana as the operator's object, and its name on the load balancer. */
import { elasticStack } from "../../../../environments/chart-versions.ts";
import type { CustomResource } from "../../addon.ts";
import type { Context } from "../../context.ts";
import { ingressClasses, internalAlb } from "../../ingress.ts";
import { resourcesOf, spreadOf, type Workload } from "../../workload.ts";
import { elasticsearchName, kibanaName, kibanaService } from "./names.ts";

/** Source of the memory: ECK documentation, "Manage compute resources"; 1 GiB is the operator's default for Kibana. */
export function kibanaWorkload(production: boolean): Workload {
  return {
    name: kibanaName,
    kind: "Deployment",
    replicas: production ? 2 : 1,
    milliCpu: production ? 200 : 100,
    memoryMiB: 1024,
    memoryLimitMiB: production ? 2048 : 1024,
    maxUnavailable: 1,
    labels: { "kibana.k8s.elastic.co/name": kibanaName },
    nodes: "any",
  };
}

export function kibana({ production, options }: Context<"efk">): CustomResource[] {
  const workload = kibanaWorkload(production);
  const object = {
    apiVersion: "kibana.k8s.elastic.co/v1",
    kind: "Kibana",
    metadata: { name: kibanaName, annotations: { "eck.k8s.elastic.co/license": "basic" } },
    spec: {
      version: elasticStack,
      count: workload.replicas ?? 1,
      elasticsearchRef: { name: elasticsearchName },
      config: { "telemetry.optIn": false, ...(options.host && { "server.publicBaseUrl": `https://${options.host}` }) },
      podTemplate: {
        spec: {
          automountServiceAccountToken: false,
          topologySpreadConstraints: spreadOf(workload),
          containers: [{ name: "kibana", resources: resourcesOf(workload) }],
        },
      },
    },
  };
  return production ? [object, budget(workload)] : [object];
}

/** The operator makes a budget for Elasticsearch only. */
function budget({ labels = {}, maxUnavailable = 1 }: Workload): CustomResource {
  return {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: { name: kibanaName },
    spec: { maxUnavailable, selector: { matchLabels: labels } },
  };
}

/** HTTPS up to the pod: Kibana has a certificate of the operator, which load balancers do not check. */
export function kibanaIngress(host: string, certificate: string | undefined): CustomResource {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: {
      name: kibanaName,
      // 200 without a login, unlike / (a redirect) and /api/status (asks for one).
      annotations: internalAlb(certificate, { "backend-protocol": "HTTPS", "healthcheck-path": "/login" }),
    },
    spec: {
      ingressClassName: ingressClasses.inside,
      rules: [
        {
          host,
          http: { paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: kibanaService, port: { number: 5601 } } } }] },
        },
      ],
    },
  };
}
