/** In which order affected stacks are worked on, and which of them wait for which. */
import { DepGraph, DepGraphCycleError } from "dependency-graph";
import { UserError } from "../../environments/user-error.ts";
import type { Synth } from "./model.ts";

export interface Order {
  /** Every stack of both synths, producers first; a removed one after everything that used to read it. */
  readonly ids: readonly string[];
  /** Levels before a stack. */
  depth(id: string): number;
  /** The nearest stacks before this one for which `chosen` holds, sorted. */
  nearest(id: string, chosen: (id: string) => boolean): string[];
}

/** @throws UserError naming the stacks of a cycle. */
export function orderOf(base: Synth, head: Synth): Order {
  const graph = new DepGraph<undefined>();
  const present = new Set(head.map(({ id }) => id));
  for (const { id } of [...head, ...base]) if (!graph.hasNode(id)) graph.addNode(id);
  for (const { id, needs } of head) for (const needed of needs) if (present.has(needed)) graph.addDependency(id, needed);
  // What is to be destroyed waits for those that read it: they stop doing so, or go themselves.
  for (const { id, needs } of base)
    for (const needed of needs) if (graph.hasNode(needed) && !present.has(needed)) graph.addDependency(needed, id);

  const depths = new Map<string, number>();
  const ids = inOrder(graph);
  for (const id of ids) depths.set(id, Math.max(-1, ...graph.directDependenciesOf(id).map((needed) => depths.get(needed) ?? 0)) + 1);
  const nearest = (id: string, chosen: (id: string) => boolean): string[] => {
    const found = graph.directDependenciesOf(id).flatMap((needed) => (chosen(needed) ? [needed] : nearest(needed, chosen)));
    return [...new Set(found)].sort();
  };
  return { ids, depth: (id) => depths.get(id) ?? 0, nearest };
}

function inOrder(graph: DepGraph<undefined>): string[] {
  try {
    return graph.overallOrder();
  } catch (error) {
    if (!(error instanceof DepGraphCycleError)) throw error;
    throw new UserError(
      `These stacks wait for each other: ${error.cyclePath.join(" needs ")}. Let one of them publish what both need (ADR 0002).`,
    );
  }
}
