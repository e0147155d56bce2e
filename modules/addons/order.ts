/**
 * In which order add-ons are installed, and whether they can be at all. Pure. All that is wrong with a choice comes as one error that says
 * which edge, or which cycle, it is about.
 */
import { DepGraph, DepGraphCycleError } from "dependency-graph";
import { UserError } from "../../environments/user-error.ts";

/** What is looked at of an add-on; ids are plain text, so that tests need no catalogue. */
export interface Ordered {
  readonly id: string;
  readonly needs?: readonly { readonly id: string; readonly because: string }[];
  readonly after?: readonly string[];
  readonly conflicts?: readonly { readonly id: string; readonly because: string }[];
  readonly kubernetes?: { readonly from?: string; readonly to?: string };
}

/** Ids that come right before an add-on, where they are chosen. */
export function predecessors({ needs = [], after = [] }: Ordered, chosen: ReadonlySet<string>): string[] {
  return [...new Set([...needs.map(({ id }) => id), ...after])].filter((id) => chosen.has(id)).sort();
}

/**
 * The chosen add-ons, each after all that it comes after; otherwise by id.
 * @param kubernetes minor of the cluster, for example "1.35".
 * @throws UserError with every problem.
 */
export function installOrder<Row extends Ordered>(rows: readonly Row[], kubernetes: string): Row[] {
  const chosen = new Set(rows.map(({ id }) => id));
  const problems = rows.flatMap((row) => [...missing(row, chosen), ...conflicting(row, chosen), ...unsupported(row, kubernetes)]);
  if (problems.length > 0) throw new UserError(["The add-ons do not fit together:", ...problems.map((text) => `  ${text}`)].join("\n"));

  const byId = new Map(rows.map((row) => [row.id, row]));
  const graph = new DepGraph<Row>();
  for (const id of [...chosen].sort()) graph.addNode(id, byId.get(id));
  for (const row of rows) for (const id of predecessors(row, chosen)) graph.addDependency(row.id, id);
  try {
    return graph.overallOrder().map((id) => graph.getNodeData(id));
  } catch (error) {
    if (!(error instanceof DepGraphCycleError)) throw error;
    throw new UserError(
      `Add-ons wait for each other: ${error.cyclePath.join(" -> ")}. Take one of these edges out of modules/addons/catalogue/.`,
    );
  }
}

function missing({ id, needs = [] }: Ordered, chosen: ReadonlySet<string>): string[] {
  return needs
    .filter((need) => !chosen.has(need.id))
    .map((need) => `${id} needs ${need.id}: ${need.because}. Add \`"${need.id}": {}\` to \`addons\`.`);
}

function conflicting({ id, conflicts = [] }: Ordered, chosen: ReadonlySet<string>): string[] {
  return conflicts
    .filter((other) => chosen.has(other.id))
    .map((other) => `${id} and ${other.id} exclude each other: ${other.because}. Choose one.`);
}

function unsupported({ id, kubernetes: range }: Ordered, version: string): string[] {
  const { from, to } = range ?? {};
  const below = from !== undefined && minor(version) < minor(from);
  const above = to !== undefined && minor(version) > minor(to);
  if (!below && !above) return [];
  const words = [from && `from ${from}`, to && `up to ${to}`].filter(Boolean).join(" ");
  return [
    `${id} supports Kubernetes ${words}; this cluster has ${version}. Choose another version of its chart in environments/chart-versions.ts.`,
  ];
}

/** 35 of "1.35". */
function minor(version: string): number {
  return Number(version.split(".")[1]);
}
