/**
 * Kinds that a team's applications may bring into its namespaces: workloads, and what belongs to them. A list of what may, since add-ons bring
 * new kinds, and some of them act with rights of their controller and not of the team. Left out on purpose, for that reason or another:
 *   SecretStore, generators   without credentials of their own they read AWS as external-secrets itself, all teams' secrets (External
 *                             Secrets, "AWS Access", controller's pod identity)
 *   TargetGroupBinding        takes another team's traffic, by the ARN of its target group
 *   Endpoints, EndpointSlice  send a Service's traffic to addresses of other namespaces (CVE-2021-25740)
 *   DaemonSet                 runs on everybody's nodes
 *   ResourceQuota, LimitRange, Role, RoleBinding   limit the team
 * Kinds that only controllers make are there where pods are below them: Argo CD shows nothing below what the project does not take
 * (its application controller, getResourceTree), and people look for pods and their logs.
 */
const kinds: Readonly<Record<string, readonly string[]>> = {
  "": ["ConfigMap", "PersistentVolumeClaim", "Pod", "Secret", "Service", "ServiceAccount"],
  apps: ["ControllerRevision", "Deployment", "ReplicaSet", "StatefulSet"],
  "argoproj.io": ["AnalysisRun", "AnalysisTemplate", "CronWorkflow", "Experiment", "Rollout", "Workflow", "WorkflowTemplate"],
  autoscaling: ["HorizontalPodAutoscaler"],
  "autoscaling.k8s.io": ["VerticalPodAutoscaler"],
  batch: ["CronJob", "Job"],
  "external-secrets.io": ["ExternalSecret"],
  "keda.sh": ["ScaledJob", "ScaledObject", "TriggerAuthentication"],
  "monitoring.coreos.com": ["PodMonitor", "PrometheusRule", "ServiceMonitor"],
  "networking.k8s.io": ["Ingress", "NetworkPolicy"],
  policy: ["PodDisruptionBudget"],
};

/** As a project lists them. */
export const teamKinds = Object.entries(kinds).flatMap(([group, names]) => names.map((kind) => ({ group, kind })));
