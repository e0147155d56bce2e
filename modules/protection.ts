/** Guards against deletion, decided once for every module. */
import type { Environment } from "../environments/schema.ts";

export type Protection = Environment["protection"];

/** Lifecycle of a resource that holds data, identity or addresses. */
export function guarded({ deletion }: Protection): { preventDestroy: boolean } {
  return { preventDestroy: deletion };
}

/** Whether a bucket may be deleted with its objects: only where nothing is protected. */
export function disposable({ deletion }: Protection): boolean {
  return !deletion;
}
