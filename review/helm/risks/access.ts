/** Values that let in more people or programs, or give them more rights. Sources: values of the charts in environments/chart-versions.ts. */

import type { Json } from "../../model.ts";
import { cidrSet, minus } from "../../network/addresses.ts";
import { reachOf } from "../../network/known-addresses.ts";
import { contains, isOff, isOn, to, turnsOff, turnsOn, type ValueRisk } from "./risk.ts";

const open = "Whoever finds the address gets an answer";
const clear = "Traffic or certificates are no longer checked";

export const accessRisks: readonly ValueRisk[] = [
  {
    rule: "helm-tls-off",
    path: /(^|\.)(tls|ssl|https|mtls|secureMetrics)(\.\w+)?\.enabled$/i,
    tells: turnsOff,
    danger: "danger",
    what: "TLS is off",
    because: clear,
  },
  {
    rule: "helm-tls-off",
    path: /(^|\.|-)(insecure|insecureSkipVerify|insecure-skip-verify|insecureSkipTLSVerify|tlsInsecure|server\.insecure)$/i,
    tells: turnsOn,
    danger: "danger",
    what: "TLS is off, or not checked",
    because: clear,
  },
  {
    rule: "helm-tls-off",
    path: /[aA]rgs(\.\d+)?$/,
    tells: contains(/--(kubelet-)?insecure[\w-]*/),
    danger: "caution",
    what: "an argument turns a check off",
    because: clear,
  },
  {
    rule: "helm-authentication-off",
    path: /(^|\.)(auth|authentication|security|xpack\.security|basicAuth|oidc)\.enabled$/i,
    tells: turnsOff,
    danger: "danger",
    what: "nobody has to say who they are",
    because: open,
  },
  {
    rule: "helm-authentication-off",
    path: /anonymous(\.enabled)?$/i,
    tells: turnsOn,
    danger: "danger",
    onCreate: "danger",
    what: "strangers are let in",
    because: open,
  },
  {
    // Elasticsearch has no switch: naming roles for strangers is how it lets them in.
    rule: "helm-authentication-off",
    path: /anonymous\.(roles|username)(\.\d+)?$/i,
    tells: (after, before) => after !== null && before === null,
    danger: "danger",
    onCreate: "danger",
    what: "strangers are let in",
    because: open,
  },
  {
    rule: "helm-authentication-off",
    path: /allowForkPRs$/,
    tells: turnsOn,
    danger: "danger",
    onCreate: "danger",
    what: "pull requests of strangers are run",
    because: "A plan runs the code of the pull request, with the role of the server",
  },
  {
    rule: "helm-authentication-off",
    path: /(orgAllowlist|repoAllowlist|repo-allowlist)$/i,
    tells: contains(/(^|,)\s*(\*|github\.com\/\*)\s*(?=,|$)/),
    danger: "danger",
    onCreate: "danger",
    what: "everybody's repositories are run",
    because: "A plan runs the code of the pull request, with the role of the server",
  },
  {
    rule: "helm-exposed",
    path: /(^|\.)(type|serviceType)$/,
    tells: to("LoadBalancer"),
    danger: "caution",
    onCreate: "caution",
    what: "gets a load balancer of its own",
    because: open,
  },
  {
    rule: "helm-exposed",
    path: /(^|\.)(type|serviceType)$/,
    tells: to("NodePort"),
    danger: "caution",
    onCreate: "info",
    what: "gets a port on every node",
    because: open,
  },
  {
    rule: "helm-exposed",
    path: /(load-balancer-scheme|ingress\.kubernetes\.io\/scheme|\.scheme|LoadBalancerScheme)$/,
    tells: to("internet-facing"),
    danger: "danger",
    onCreate: "caution",
    what: "faces the internet",
    because: open,
  },
  {
    rule: "helm-exposed",
    path: /load-balancer-internal$/,
    tells: (after, before) => isOff(after) || (isOn(before) && after === null),
    danger: "danger",
    what: "faces the internet",
    because: open,
  },
  {
    rule: "helm-exposed",
    path: /(loadBalancerSourceRanges(\.\d+)?|inbound-cidrs|whitelist-source-range|allowedCidrs(\.\d+)?)$/,
    tells: widens,
    danger: "danger",
    onCreate: "caution",
    what: "is open to everybody",
    because: open,
  },
  {
    rule: "helm-exposed",
    path: /(^|\.)(ingress|httpRoute|gateway)(\.\w+)?\.enabled$/i,
    tells: turnsOn,
    danger: "caution",
    what: "gets an address",
    because: open,
  },
  {
    rule: "helm-rights",
    path: /./,
    tells: to("cluster-admin"),
    danger: "danger",
    onCreate: "caution",
    what: "administers the cluster",
    because: "Whoever takes the pod over has the cluster",
  },
  {
    rule: "helm-rights",
    path: /(verbs|resources|apiGroups|resourceNames)\.\d+$/,
    tells: to("*"),
    danger: "caution",
    onCreate: "info",
    what: "may do everything, or on everything",
    because: "Whoever takes the pod over may do it, too",
  },
  {
    rule: "helm-rights",
    path: /policy\.default$/,
    tells: (after, before) => after !== before && after !== null && after !== "" && !/readonly/.test(String(after)),
    danger: "danger",
    what: "everybody who signs in has another role",
    because: "It is what those get whom no other line names",
  },
  {
    rule: "helm-rights",
    path: /policy\.csv$/,
    tells: contains(/role:admin|\*\s*,\s*\*\s*,\s*\*\s*,\s*allow/),
    danger: "caution",
    what: "more administrators",
    because: "An administrator of Argo CD may deploy anything, anywhere",
  },
  {
    rule: "helm-role-changed",
    path: /eks\.amazonaws\.com\/role-arn$/,
    tells: (after, before) => after !== before && before !== null,
    danger: "caution",
    what: "pods act with another role",
    because: "Its rights are those of the pods from now on",
  },
  {
    rule: "helm-rights",
    path: /(^|\.)subjects\.\d+\.name$/,
    tells: to("system:anonymous", "system:unauthenticated", "system:authenticated", "system:masters", "system:serviceaccounts"),
    danger: "danger",
    onCreate: "caution",
    what: "everybody, or every pod, gets rights",
    because: "A binding to one of these groups is a binding to people and pods that nobody listed",
  },
  {
    rule: "helm-rights",
    path: /^resources\.(Cluster)?Role(Binding)?\/.*\.(subjects|roleRef|rules)\./,
    tells: (after, before) => after !== null && after !== before,
    danger: "caution",
    what: "somebody gets other rights in the cluster",
    because: "What a role may do, and who has it, is decided here",
  },
];

function widens(after: Json, before: Json): boolean {
  const blocks = (value: Json) => cidrSet(typeof value === "string" ? value.split(",") : []);
  return reachOf(minus(blocks(after), blocks(before))) === "world";
}
