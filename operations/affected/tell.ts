/** How affected stacks are told: as text, as JSON, as a matrix of GitHub Actions. Pure. */
import type { Compared } from "./between.ts";
import type { Affected } from "./model.ts";

/** For scripts. Fields are only ever added. */
export interface AffectedJson {
  /** `ref` as it was asked for; `commit` is where the head left it. */
  readonly base: { readonly ref: string; readonly commit: string };
  /** Null: the working tree. */
  readonly head: { readonly ref: string; readonly commit: string } | null;
  /** In the order in which they are planned. */
  readonly affected: readonly Affected[];
}

export function affectedJson({ base, head, affected }: Compared): AffectedJson {
  const brief = ({ ref, commit }: { readonly ref: string; readonly commit: string }) => ({ ref, commit });
  return { base: brief(base), head: head ? brief(head) : null, affected };
}

export interface Matrix {
  readonly include: readonly { readonly stack: string; readonly environment: string; readonly reason: string; readonly order: number }[];
}

/** For `strategy.matrix`, by fromJSON. GitHub refuses a matrix without jobs: exit code 0 says that there is none. */
export function matrixOf(affected: readonly Affected[]): Matrix {
  return { include: affected.map(({ id, environment, change, depth }) => ({ stack: id, environment, reason: change, order: depth })) };
}

const words = { changed: "changed", added: "new", removed: "removed", replan: "plan again" } as const;

/** One line per stack, and one for all. */
export function affectedLines({ base, head, affected, only }: Compared): string[] {
  const between = `${head?.ref ?? "the working tree"} and ${base.ref} (${base.commit.slice(0, 9)})`;
  if (affected.length === 0)
    return [`No stack${only.length === 0 ? "" : ` of ${only.join(", ")}`} is affected: ${between} synthesize the same.`];
  const width = Math.max(...affected.map(({ id }) => id.length));
  const lines = affected.map(({ id, change, because }) => `  ${id.padEnd(width)}  ${words[change].padEnd(10)}  ${because}`);
  const counts = Object.entries(words).flatMap(([change, word]) => {
    const number = affected.filter((one) => one.change === change).length;
    return number === 0 ? [] : [`${number} ${change === "replan" ? "to plan again" : word}`];
  });
  return [...lines, "", `  ${counts.join(", ")}, between ${between}`];
}
