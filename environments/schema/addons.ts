/**
 * Which add-ons an environment may choose, and their options. One line per add-on: its id, and the schema in addons/<id>.ts. What an
 * add-on does is in modules/addons/catalogue/, which must have an entry for each id here, or it does not compile.
 */
import { z } from "zod";
import { argoCd } from "./addons/argo-cd.ts";
import { argoRollouts } from "./addons/argo-rollouts.ts";
import { argoWorkflows } from "./addons/argo-workflows.ts";
import { atlantis } from "./addons/atlantis.ts";
import { awsLoadBalancerController } from "./addons/aws-load-balancer-controller.ts";
import { certManager } from "./addons/cert-manager.ts";
import { clusterAutoscaler } from "./addons/cluster-autoscaler.ts";
import { eckOperator } from "./addons/eck-operator.ts";
import { efk } from "./addons/efk.ts";
import { externalDns } from "./addons/external-dns.ts";
import { externalSecrets } from "./addons/external-secrets.ts";
import { fluentBit } from "./addons/fluent-bit.ts";
import { fluentd } from "./addons/fluentd.ts";
import { ghaRunnerScaleSet } from "./addons/gha-runner-scale-set.ts";
import { ghaRunnerScaleSetController } from "./addons/gha-runner-scale-set-controller.ts";
import { jenkins } from "./addons/jenkins.ts";
import { karpenter } from "./addons/karpenter.ts";
import { keda } from "./addons/keda.ts";
import { kubePrometheusStack } from "./addons/kube-prometheus-stack.ts";
import { kyverno } from "./addons/kyverno.ts";
import { metricsServer } from "./addons/metrics-server.ts";
import { nodeProblemDetector } from "./addons/node-problem-detector.ts";
import { prometheusAdapter } from "./addons/prometheus-adapter.ts";
import { prometheusBlackboxExporter } from "./addons/prometheus-blackbox-exporter.ts";
import { prometheusOperatorCrds } from "./addons/prometheus-operator-crds.ts";
import { prometheusPushgateway } from "./addons/prometheus-pushgateway.ts";
import { reloader } from "./addons/reloader.ts";
import { storageClasses } from "./addons/storage-classes.ts";
import { velero } from "./addons/velero.ts";
import { verticalPodAutoscaler } from "./addons/vertical-pod-autoscaler.ts";

export const addonOptions = {
  "argo-cd": argoCd,
  "argo-rollouts": argoRollouts,
  "argo-workflows": argoWorkflows,
  atlantis,
  "aws-load-balancer-controller": awsLoadBalancerController,
  "cert-manager": certManager,
  "cluster-autoscaler": clusterAutoscaler,
  "eck-operator": eckOperator,
  "external-dns": externalDns,
  "external-secrets": externalSecrets,
  "fluent-bit": fluentBit,
  "gha-runner-scale-set": ghaRunnerScaleSet,
  "gha-runner-scale-set-controller": ghaRunnerScaleSetController,
  jenkins,
  karpenter,
  keda,
  "kube-prometheus-stack": kubePrometheusStack,
  kyverno,
  "metrics-server": metricsServer,
  "node-problem-detector": nodeProblemDetector,
  "prometheus-adapter": prometheusAdapter,
  "prometheus-blackbox-exporter": prometheusBlackboxExporter,
  "prometheus-operator-crds": prometheusOperatorCrds,
  "prometheus-pushgateway": prometheusPushgateway,
  reloader,
  "storage-classes": storageClasses,
  efk,
  fluentd,
  velero,
  "vertical-pod-autoscaler": verticalPodAutoscaler,
} as const;

export type AddonId = keyof typeof addonOptions;
/** Options of an add-on with every default filled in. */
export type AddonOptions<Id extends AddonId> = z.output<(typeof addonOptions)[Id]>;

type Optional = { readonly [Id in AddonId]: z.ZodOptional<(typeof addonOptions)[Id]> };
const optional = Object.fromEntries(
  Object.entries(addonOptions).map(([id, schema]) => [
    id,
    schema.optional().describe(`Add-on; docs/addons/${id}.md. \`{}\`: with its defaults`),
  ]),
) as unknown as Optional;

export const addonsSchema = z.strictObject(optional);

export const chartsSchema = z.strictObject({
  mirror: z
    .string()
    .regex(/^(https?:\/\/|oci:\/\/|\.{0,2}\/)[^\s]+$/)
    .meta({ form: 'an address (https://, http:// or oci://) or a folder, for example "/srv/charts"' })
    .optional()
    .describe("Where all charts come from, for networks without internet: Helm repository, registry, or folder of <chart>-<version>.tgz"),
});
