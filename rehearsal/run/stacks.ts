/** The synthesized stacks of a run, read back from what the synth wrote: order, dependencies, JSON and its hash. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { stackNames } from "../../stacks/contract.ts";

export interface SynthesizedStack {
  /** For example dev-network. */
  readonly id: string;
  /** Ids of stacks that must be applied before. */
  readonly needs: readonly string[];
  /** Path of cdk.tf.json. */
  readonly json: string;
  /** SHA-256 of the file as the synth wrote it. */
  readonly hash: string;
  /** What the synth warned of, for example too few nodes for the add-ons' requests. */
  readonly warnings: readonly string[];
}

interface Manifest {
  readonly stacks: Readonly<Record<string, ManifestStack>>;
}

interface ManifestStack {
  readonly synthesizedStackPath: string;
  readonly dependencies: readonly string[];
  readonly annotations: readonly { readonly level: string; readonly message: string }[];
}

/** Reads a synth's output folder; stacks in the order in which they are applied. Every stack needs the one that makes its bucket. */
export async function readStacks(outdir: string, stateStack: string): Promise<SynthesizedStack[]> {
  const { stacks } = JSON.parse(await readFile(join(outdir, "manifest.json"), "utf8")) as Manifest;
  const read = Object.entries(stacks).map(async ([id, { synthesizedStackPath, dependencies, annotations }]) => {
    const json = join(outdir, synthesizedStackPath);
    const needs = id === stateStack ? [] : [stateStack, ...dependencies.filter((needed) => needed !== stateStack)];
    return { id, needs, json, hash: await hashOf(json), warnings: warningsOf(annotations) };
  });
  return inOrder((await Promise.all(read)).sort((a, b) => place(a.id) - place(b.id)));
}

/** Where a stack stands among those of its environment; the manifest has an order of its own for those without an edge between them. */
function place(id: string): number {
  const found = stackNames.findIndex((name) => id.endsWith(`-${name}`));
  return found < 0 ? stackNames.length : found; // of another ref, which this workspace has no more
}

/** Warnings of a synthesized folder by stack, those without any left out. */
export async function synthWarnings(outdir: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const { stacks } = JSON.parse(await readFile(join(outdir, "manifest.json"), "utf8")) as Manifest;
  const all = Object.entries(stacks).map(([id, { annotations }]) => [id, warningsOf(annotations)] as const);
  return new Map(all.filter(([, warnings]) => warnings.length > 0));
}

function warningsOf(annotations: ManifestStack["annotations"]): string[] {
  return annotations.filter(({ level }) => level === "@cdktf/warn").map(({ message }) => message);
}

export async function hashOf(file: string): Promise<string> {
  return createHash("sha256")
    .update(await readFile(file))
    .digest("hex");
}

/** Producers before consumers; otherwise as given. */
export function inOrder<T extends { readonly id: string; readonly needs: readonly string[] }>(stacks: readonly T[]): T[] {
  const byId = new Map(stacks.map((stack) => [stack.id, stack]));
  const ordered = new Set<T>();
  const visit = (stack: T) => {
    for (const id of stack.needs) {
      const needed = byId.get(id);
      if (needed && !ordered.has(needed)) visit(needed);
    }
    ordered.add(stack);
  };
  stacks.forEach(visit);
  return [...ordered];
}

/** The stack of this id with everything that it needs, in order. */
export function withNeeds<T extends { readonly id: string; readonly needs: readonly string[] }>(stacks: readonly T[], id: string): T[] {
  const wanted = new Set<string>();
  const add = (name: string) => {
    if (wanted.has(name)) return;
    wanted.add(name);
    for (const needed of stacks.find((stack) => stack.id === name)?.needs ?? []) add(needed);
  };
  add(id);
  return stacks.filter((stack) => wanted.has(stack.id));
}
