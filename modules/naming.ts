/** How a module names things in AWS without knowing its stack: the stack hands it this function. */

/** `<project>-<environment>-<thing>` for a thing, for example "flow-logs". */
export type Namer = (thing: string) => string;

/** Name of an environment's cluster: discovery tags of the network carry it before the cluster exists. */
export function clusterName({ project, name }: { readonly project: string; readonly name: string }): string {
  return `${project}-${name}`;
}
