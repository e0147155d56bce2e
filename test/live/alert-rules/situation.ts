/** A situation and the alerts that it must raise, in the terms of `promtool test rules`. Samples are a minute apart. */

export interface Situation {
  readonly title: string;
  readonly series: Readonly<Record<string, string>>;
  /** When it is looked at. */
  readonly at: string;
  readonly alert: string;
  readonly raised: readonly { readonly labels: Readonly<Record<string, string>>; readonly summary: string }[];
}

/** Which node a pod runs on; recorded by the chart's rules. */
export const onNode = (pod: string, node: string, namespace = "apps") => ({
  [`node_namespace_pod:kube_pod_info:{namespace="${namespace}", pod="${pod}", node="${node}"}`]: "1x200",
});

/** Labels of alerts that the platform's own team gets. */
export const platform = (severity: string) => ({ severity, team: "platform" });
