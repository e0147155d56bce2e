/** The kinds of the Prometheus operator (ServiceMonitor, PrometheusRule and so on), before every chart that may bring objects of them. */
import { addon } from "../addon.ts";

export const prometheusOperatorCrds = addon({
  id: "prometheus-operator-crds",
  purpose: "Kinds of the Prometheus operator, so that any add-on can bring its ServiceMonitor, whatever runs Prometheus",
  chart: "prometheus-operator-crds",
  // Its objects have no namespace. In `monitoring` the release would hold that until every add-on with a monitor is gone.
  namespace: "kube-system",
  // Definitions are usable a moment after they are accepted; Helm waits for the condition Established only with `wait`.
  wait: true,
  values: () => ({
    // Without it, removing the release would delete every monitor and rule of every team.
    crds: { annotations: { "helm.sh/resource-policy": "keep" } },
  }),
  choices: { "crds.annotations": "kept when the release goes: deleting a definition deletes all of its objects" },
  docs: {
    verify: ["kubectl get crd servicemonitors.monitoring.coreos.com prometheusrules.monitoring.coreos.com"],
    upgrade: "Change its line in environments/chart-versions.ts together with kube-prometheus-stack: both name the same operator version.",
    remove:
      "Take it out of `addons`. The definitions stay, since all monitors and rules would go with them; deleting them is deliberate work by hand.",
  },
});
