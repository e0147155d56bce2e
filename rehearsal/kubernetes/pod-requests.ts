/** What the scheduler reserves for a pod: the sum of its containers and sidecars, or its largest init container if that is more. Pure. */
import type { V1Container, V1Pod } from "@kubernetes/client-node";
import { parseQuantity } from "./quantity.ts";

export interface Amounts {
  /** Millicores. */
  readonly milliCpu: number;
  readonly memoryMiB: number;
  readonly pods: number;
}

export const nothing: Amounts = { milliCpu: 0, memoryMiB: 0, pods: 0 };

export function sum(all: readonly Amounts[]): Amounts {
  return all.reduce(
    (total, each) => ({
      milliCpu: total.milliCpu + each.milliCpu,
      memoryMiB: total.memoryMiB + each.memoryMiB,
      pods: total.pods + each.pods,
    }),
    nothing,
  );
}

export function amounts(resources: { readonly cpu?: string; readonly memory?: string; readonly pods?: string } | undefined): Amounts {
  return {
    milliCpu: Math.round(parseQuantity(resources?.cpu) * 1000),
    memoryMiB: parseQuantity(resources?.memory) / 2 ** 20,
    pods: parseQuantity(resources?.pods),
  };
}

/**
 * Init containers run one after the other, beside the sidecars (restartPolicy Always) that were started before them.
 * (https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers)
 */
export function podRequests(pod: Pick<V1Pod, "spec">): Amounts {
  let sidecars = nothing;
  let peak = nothing;
  for (const container of pod.spec?.initContainers ?? []) {
    if (container.restartPolicy === "Always") sidecars = sum([sidecars, requests(container)]);
    else peak = larger(peak, sum([sidecars, requests(container)]));
  }
  const running = sum([sidecars, ...(pod.spec?.containers ?? []).map(requests)]);
  return { ...sum([larger(running, peak), amounts(pod.spec?.overhead)]), pods: 1 };
}

function requests({ resources }: V1Container): Amounts {
  // What has a limit only, requests it.
  return amounts({ ...resources?.limits, ...resources?.requests });
}

function larger(one: Amounts, other: Amounts): Amounts {
  return { milliCpu: Math.max(one.milliCpu, other.milliCpu), memoryMiB: Math.max(one.memoryMiB, other.memoryMiB), pods: 0 };
}
