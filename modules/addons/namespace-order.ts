/**
 * What a namespace comes after, and so is gone before: controllers that take finalizers off what is in it. Helm's uninstall does not wait
 * for them (an Ingress goes when its load balancer is gone, a set of GitHub runners when its controller lets go of it); deleting a
 * namespace does. Were the controller gone first, the namespace would stay `Terminating` for good. Pure.
 */
import { DepGraph } from "dependency-graph";
import type { Namespace } from "./namespaces.ts";

/** What is looked at of a planned add-on. */
export interface Placed<Name extends string = Namespace> {
  readonly id: string;
  readonly namespace: Name;
  /** Chosen add-ons that come right before. */
  readonly after: readonly string[];
}

/**
 * Ids by namespace: all that the add-ons in it come after, but for those that have to wait for the namespace themselves.
 * @param planned in the order of installation.
 */
export function namespaceOrder<Name extends string = Namespace>(planned: readonly Placed<Name>[]): ReadonlyMap<Name, readonly string[]> {
  const nodeOf = (namespace: Name) => `namespace ${namespace}`;
  const namespaces = [...new Set(planned.map(({ namespace }) => namespace))].sort();
  const graph = new DepGraph<undefined>();
  for (const node of [...namespaces.map(nodeOf), ...planned.map(({ id }) => id)]) graph.addNode(node, undefined);
  for (const { id, namespace, after } of planned) for (const other of [nodeOf(namespace), ...after]) graph.addDependency(id, other);
  return new Map(
    namespaces.map((namespace) => {
      const node = nodeOf(namespace);
      const wanted = new Set(planned.flatMap((addon) => (addon.namespace === namespace ? addon.after : [])));
      const free = [...wanted].sort().filter((id) => !graph.dependenciesOf(id).includes(node));
      // Those of the namespaces that follow see them: two namespaces never wait for each other.
      for (const id of free) graph.addDependency(node, id);
      return [namespace, free];
    }),
  );
}
