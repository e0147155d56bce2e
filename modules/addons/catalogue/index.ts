/** Every add-on there is, by id. A row for each id of environments/schema/addons.ts, or it does not compile; one line per add-on. */
import type { AddonId } from "../../../environments/schema/addons.ts";
import type { Addon } from "../addon.ts";
import { argoCd } from "./argo-cd.ts";
import { argoRollouts } from "./argo-rollouts.ts";
import { argoWorkflows } from "./argo-workflows.ts";
import { atlantis } from "./atlantis.ts";
import { awsLoadBalancerController } from "./aws-load-balancer-controller.ts";
import { certManager } from "./cert-manager.ts";
import { clusterAutoscaler } from "./cluster-autoscaler.ts";
import { eckOperator } from "./eck-operator.ts";
import { efk } from "./efk.ts";
import { externalDns } from "./external-dns.ts";
import { externalSecrets } from "./external-secrets.ts";
import { fluentBit } from "./fluent-bit.ts";
import { fluentd } from "./fluentd.ts";
import { ghaRunnerScaleSet } from "./gha-runner-scale-set.ts";
import { ghaRunnerScaleSetController } from "./gha-runner-scale-set-controller.ts";
import { jenkins } from "./jenkins.ts";
import { karpenter } from "./karpenter.ts";
import { keda } from "./keda.ts";
import { kubePrometheusStack } from "./kube-prometheus-stack.ts";
import { kyverno } from "./kyverno.ts";
import { metricsServer } from "./metrics-server.ts";
import { nodeProblemDetector } from "./node-problem-detector.ts";
import { prometheusAdapter } from "./prometheus-adapter.ts";
import { prometheusBlackboxExporter } from "./prometheus-blackbox-exporter.ts";
import { prometheusOperatorCrds } from "./prometheus-operator-crds.ts";
import { prometheusPushgateway } from "./prometheus-pushgateway.ts";
import { reloader } from "./reloader.ts";
import { storageClasses } from "./storage-classes.ts";
import { velero } from "./velero.ts";
import { verticalPodAutoscaler } from "./vertical-pod-autoscaler.ts";

export type Catalogue = { readonly [Id in AddonId]: Addon<Id> };

export const catalogue: Catalogue = {
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
};
