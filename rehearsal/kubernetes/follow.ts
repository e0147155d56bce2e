/** Keeps a live copy of one kind of object: list, then watch, and again from the start whenever the watch ends. */
import { setTimeout } from "node:timers/promises";
import type { KubernetesApi } from "./api.ts";

/** What every object has. */
export interface KubernetesObject {
  readonly metadata?: { readonly uid?: string; readonly name?: string; readonly namespace?: string; readonly resourceVersion?: string };
}

interface Listing<T> {
  readonly metadata: { readonly resourceVersion: string };
  readonly items: readonly T[];
}

interface Happening<T> {
  readonly type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK" | "ERROR";
  readonly object: T;
}

export interface Followed<T> {
  /** Settles once the first list is there. */
  readonly ready: Promise<void>;
  /** The objects as last seen. */
  all(): readonly T[];
}

/** Milliseconds before a broken watch is tried again. */
const retryMs = 200;

/**
 * Follows `path` (a collection; its query may select). `changed` is called after the first list and then after each burst of changes.
 */
export function follow<T extends KubernetesObject>(
  api: KubernetesApi,
  path: string,
  changed: () => void,
  signal: AbortSignal,
): Followed<T> {
  const objects = new Map<string, T>();
  let announced = false;
  const announce = () => {
    if (announced) return;
    announced = true;
    setImmediate(() => {
      announced = false;
      if (!signal.aborted) changed();
    });
  };

  const round = async (listed: () => void) => {
    const { metadata, items } = await api.call<Listing<T>>({ method: "GET", path });
    objects.clear();
    for (const item of items) objects.set(item.metadata?.uid ?? "", item);
    listed();
    announce();
    const query = `watch=true&allowWatchBookmarks=true&resourceVersion=${metadata.resourceVersion}`;
    await api.stream(
      `${path}${path.includes("?") ? "&" : "?"}${query}`,
      (line) => {
        if (!line) return;
        const { type, object } = JSON.parse(line) as Happening<T>;
        if (type === "BOOKMARK" || type === "ERROR") return;
        if (type === "DELETED") objects.delete(object.metadata?.uid ?? "");
        else objects.set(object.metadata?.uid ?? "", object);
        announce();
      },
      signal,
    );
  };

  const ready = new Promise<void>((resolve) => {
    const loop = async () => {
      while (!signal.aborted) {
        await round(resolve).catch(() => pause(retryMs, signal));
      }
      resolve();
    };
    void loop();
  });
  return { ready, all: () => [...objects.values()] };
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  // Rejects when aborted; the loop looks at the signal itself.
  await setTimeout(ms, undefined, { signal, ref: false }).catch(() => {});
}
