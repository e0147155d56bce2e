/** Values that take limits off pods. Source: Kubernetes docs, "Pod Security Standards". */
import type { Json } from "../../model.ts";
import { to, turnsOff, turnsOn, type ValueRisk, wasOn } from "./risk.ts";

const pods = "A container that gets out of its limits has the node, and with it every pod there (Pod Security Standards)";
const guard = "What it kept from happening can happen now";

export const podsRisks: readonly ValueRisk[] = [
  {
    rule: "helm-host-access",
    path: /(^|\.)(hostNetwork|hostPID|hostIPC)$/,
    tells: turnsOn,
    danger: "danger",
    onCreate: "info",
    what: "shares the node's network or processes",
    because: pods,
  },
  {
    rule: "helm-host-access",
    path: /(^|\.)hostPath(\.path)?$/,
    tells: (after, before) => typeof after === "string" && after !== before,
    danger: "caution",
    onCreate: "info",
    what: "mounts a folder of the node",
    because: pods,
  },
  {
    rule: "helm-privileged",
    path: /(^|\.)privileged$/,
    tells: turnsOn,
    danger: "danger",
    onCreate: "info",
    what: "is privileged",
    because: pods,
  },
  {
    rule: "helm-privileged",
    path: /(^|\.)allowPrivilegeEscalation$/,
    tells: turnsOn,
    danger: "caution",
    onCreate: "info",
    what: "may get more privileges",
    because: pods,
  },
  {
    rule: "helm-privileged",
    path: /(^|\.)(runAsNonRoot|readOnlyRootFilesystem)$/,
    tells: wasOn,
    danger: "caution",
    what: "runs with fewer limits",
    because: pods,
  },
  {
    rule: "helm-privileged",
    path: /(^|\.)runAsUser$/,
    tells: to(0),
    danger: "caution",
    onCreate: "info",
    what: "runs as root",
    because: pods,
  },
  {
    rule: "helm-privileged",
    path: /capabilities\.add\.\d+$/,
    tells: to("ALL", "SYS_ADMIN", "NET_ADMIN", "SYS_PTRACE", "SYS_MODULE"),
    danger: "danger",
    onCreate: "info",
    what: "gets capabilities of the kernel",
    because: pods,
  },
  {
    rule: "helm-guard-off",
    path: /(networkPolicy|networkPolicies|pdb|podDisruptionBudget)(\.\w+)?\.(enabled|create)$|enableNetworkPolicy$/i,
    tells: wasOn,
    danger: "caution",
    what: "a network policy or disruption budget is off",
    because: guard,
  },
  {
    rule: "helm-guard-off",
    path: /(^|\.)(defaultRules|prometheusRule|alertmanager)\.(create|enabled)$/,
    tells: turnsOff,
    danger: "caution",
    what: "nobody is told any more when something fails",
    because: guard,
  },
  {
    rule: "helm-guard-off",
    path: /(validationFailureAction|failureAction)$/,
    tells: (after, before) => /^enforce$/i.test(String(before)) && !/^enforce$/i.test(String(after)),
    danger: "danger",
    what: "a policy only warns",
    because: guard,
  },
  {
    rule: "helm-guard-off",
    path: /failurePolicy$/,
    tells: (after, before) => before === "Fail" && after === "Ignore",
    danger: "caution",
    what: "requests pass when the webhook does not answer",
    because: guard,
  },
  {
    rule: "helm-guard-off",
    path: /(^|\.)pod-security\.kubernetes\.io\/enforce$/,
    tells: weakerLevel,
    danger: "danger",
    what: "pods may do more",
    because: pods,
  },
  {
    rule: "helm-image",
    path: /image\.(registry|repository)$|(^|\.)image(Registry|Repository)$/,
    tells: (after, before) => after !== before && after !== null,
    danger: "caution",
    what: "its image comes from elsewhere",
    because: "Who may push there decides what runs here",
  },
  {
    rule: "helm-image",
    path: /image\.tag$|imageTag$/,
    tells: to("latest", "main", "master"),
    danger: "caution",
    onCreate: "caution",
    what: "its image changes without a plan",
    because: "A tag that moves is another program every day",
  },
  {
    rule: "helm-guard-off",
    path: /^resources\.(ResourceQuota|LimitRange|PodDisruptionBudget|ClusterPolicy|Policy|ValidatingPolicy)\//,
    tells: (after, before) => after === null && before !== null,
    danger: "caution",
    what: "a rule of a namespace or of the cluster is taken away",
    because: guard,
  },
];

/** Levels of pod security, the strictest first. */
const levels: readonly Json[] = ["restricted", "baseline", "privileged"];

export function weakerLevel(after: Json, before: Json): boolean {
  const [is, was] = [levels.indexOf(after), levels.indexOf(before)];
  return was >= 0 && (is < 0 || is > was);
}
