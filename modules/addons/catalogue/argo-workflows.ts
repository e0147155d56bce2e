/** Argo Workflows: jobs of several steps, one after the other or at once, each a pod. */
import type { Values } from "../addon.ts";
import { addon } from "../addon.ts";
import type { Alert } from "../alert.ts";
import { ingressClasses, internalAlb } from "../ingress.ts";
import { secretResources } from "../secret-option.ts";
import { podValues, resourcesOf, undisturbed, type Workload } from "../workload.ts";
import { artifactRepository, readStatements, writeStatements } from "./argo-workflows/artifacts.ts";
import { ssoResources, ssoSecret, ssoValues } from "./argo-workflows/sso.ts";

/** Steps run under the first, which every namespace of workflows has; the page and the API under the second. */
const accounts = { steps: "argo-workflow", server: "argo-workflows-server" };
const namespace = "argo-workflows";
/** The quota of the namespace is for steps: controller and server do not count in it, and are not pushed out by them. */
const priority = "system-cluster-critical";

function controllerOf(production: boolean): Workload {
  return {
    name: "argo-workflows-workflow-controller",
    kind: "Deployment",
    // The second one stands by (leader election); workflows that run wait for whoever leads.
    replicas: production ? 2 : 1,
    milliCpu: production ? 100 : 25,
    memoryMiB: 256,
    memoryLimitMiB: 1024,
    maxUnavailable: 1,
    priority,
    labels: { "app.kubernetes.io/name": "argo-workflows-workflow-controller" },
    nodes: "system",
  };
}

function serverOf(production: boolean): Workload {
  return {
    name: "argo-workflows-server",
    kind: "Deployment",
    replicas: production ? 2 : 1,
    milliCpu: production ? 100 : 25,
    memoryMiB: 128,
    memoryLimitMiB: 512,
    maxUnavailable: 1,
    priority,
    labels: { "app.kubernetes.io/name": "argo-workflows-server" },
    nodes: "system",
  };
}

/** Beside every step: it starts it, and carries its artifacts, which pass through its memory. */
const executor: Workload = { name: "executor", kind: "Deployment", milliCpu: 10, memoryMiB: 64, memoryLimitMiB: 512, nodes: "any" };
/** Of a step that says nothing itself: without a request it would be the first to be evicted. */
const step: Workload = { name: "step", kind: "Deployment", milliCpu: 100, memoryMiB: 256, memoryLimitMiB: 1024, nodes: "any" };

const confined: Values = { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } };

/** Source of the metrics: Argo Workflows, "Metrics". The gauge counts by phase, over all namespaces. */
const alerts: readonly Alert[] = [
  {
    name: "ArgoWorkflowsFailing",
    when: 'sum(delta(argo_workflows_gauge{phase=~"Failed|Error"}[15m])) > 0',
    lasting: "0m",
    severity: "warning",
    summary: "Workflows fail: `kubectl get workflows --all-namespaces -l workflows.argoproj.io/phase!=Succeeded` names them",
  },
  {
    name: "ArgoWorkflowsPending",
    when: 'sum(argo_workflows_gauge{phase="Pending"}) > 0',
    lasting: "30m",
    severity: "warning",
    summary: "Workflows have waited for half an hour: parallelism is used up, or their pods find no node",
  },
  {
    name: "ArgoWorkflowsControllerAbsent",
    when: 'absent(up{job="argo-workflows-workflow-controller"} == 1)',
    lasting: "15m",
    severity: "critical",
    summary: "The controller of Argo Workflows is away: no step starts",
  },
];

export const argoWorkflows = addon({
  id: "argo-workflows",
  purpose: "Runs jobs of several steps, one after the other or at once, each step a pod",
  chart: "argo-workflows",
  namespace,
  after: ["aws-load-balancer-controller", "external-secrets", "prometheus-operator-crds"],
  // Workflows and templates of applications need its definitions, which are in the chart's templates.
  wait: true,
  workloads: ({ production }) => [controllerOf(production), serverOf(production)],
  identities: ({ options: { artifacts } }) =>
    artifacts
      ? [
          { serviceAccount: accounts.steps, statements: writeStatements(artifacts) },
          { serviceAccount: accounts.server, statements: readStatements(artifacts) },
        ]
      : [],
  quotas: ({ options: { quota } }) => [{ pods: quota.pods, milliCpu: quota.cpu * 1000, memoryMiB: quota.memoryGiB * 1024 }],
  values: ({ environment, production, options, has, accountAnnotations }) => {
    const { host, certificate, artifacts, namespaces, parallelism, sso } = options;
    const controller = controllerOf(production);
    const server = serverOf(production);
    return {
      images: { pullPolicy: "IfNotPresent" },
      crds: { install: true, keep: true, full: false },
      workflow: {
        serviceAccount: { create: true, name: accounts.steps, annotations: accountAnnotations(accounts.steps) },
        rbac: { create: true },
      },
      controller: {
        replicas: controller.replicas ?? 1,
        workflowNamespaces: [namespace, ...namespaces],
        parallelism,
        // Kept in etcd: a day to look at them, and a limit for whoever starts one a minute.
        workflowDefaults: {
          spec: {
            serviceAccountName: accounts.steps,
            ttlStrategy: { secondsAfterCompletion: 86_400 },
            podGC: { strategy: "OnPodSuccess" },
            podMetadata: { annotations: undisturbed },
          },
        },
        retentionPolicy: { completed: 100, failed: 50, errored: 50 },
        metricsConfig: { enabled: true },
        serviceMonitor: { enabled: has("prometheus-operator-crds") },
        pdb: { enabled: true, maxUnavailable: controller.maxUnavailable ?? 1 },
        podSecurityContext: confined,
        ...podValues(controller),
      },
      executor: {
        resources: resourcesOf(executor),
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] }, seccompProfile: { type: "RuntimeDefault" } },
      },
      mainContainer: { resources: resourcesOf(step) },
      server: {
        replicas: server.replicas ?? 1,
        // Who comes brings a token of Kubernetes, or logs in and gets that of a service account; there is no user of its own.
        authModes: sso ? ["client", "sso"] : ["client"],
        ...(sso && host !== undefined && ssoValues(sso, host, has("external-secrets"))),
        serviceAccount: { create: true, name: accounts.server, annotations: accountAnnotations(accounts.server) },
        livenessProbe: { enabled: true },
        pdb: { enabled: true, maxUnavailable: server.maxUnavailable ?? 1 },
        podSecurityContext: confined,
        ingress: host !== undefined && has("aws-load-balancer-controller") ? ingress(host, certificate) : { enabled: false },
        ...podValues(server),
      },
      useStaticCredentials: false,
      ...(artifacts && { artifactRepository: artifactRepository(artifacts, environment.region) }),
    };
  },
  alerts: () => alerts,
  resources: (context) => {
    const { sso } = context.options;
    return [...secretResources([ssoSecret(sso)], context), ...ssoResources(sso)];
  },
  freeValues: ["controller.pdb", "server.pdb"],
  choices: {
    "crds.full": "off: with it a hook job would download the definitions from GitHub at every install",
    "crds.keep": "definitions stay when the release goes: with them would go every workflow and template",
    "server.authModes": "`client`: a token of Kubernetes decides what somebody may do, as with kubectl; with `sso` groups do",
    "controller.workflowNamespaces": "its own and those of the option; a service account for steps and its role are made in each",
    "controller.workflowDefaults":
      "a workflow is kept for a day, pods of good steps go at once, and no autoscaler ends a step to save its node",
    mainContainer: "requests for steps that name none, so that they are not the first to be evicted",
    useStaticCredentials: "off: S3 by pod identity",
    identities:
      "of the namespace argo-workflows; steps in another namespace that write artifacts need an association for its `argo-workflow` account",
  },
  docs: {
    verify: [
      "kubectl -n argo-workflows get pods",
      "kubectl -n argo-workflows create -f https://raw.githubusercontent.com/argoproj/argo-workflows/main/examples/hello-world.yaml",
      "kubectl -n argo-workflows get workflows",
      "kubectl -n argo-workflows create token argo-workflow   # log in with `Bearer <token>`",
    ],
    upgrade: "Change its line in environments/chart-versions.ts. The definitions are in the chart and move with it.",
    remove:
      "Take it out of `addons` when no workflow runs: pods of running steps stay without anybody who follows up. The definitions stay.",
  },
});

function ingress(host: string, certificate: string | undefined): Values {
  return {
    enabled: true,
    ingressClassName: ingressClasses.inside,
    hosts: [host],
    annotations: internalAlb(certificate),
  };
}
