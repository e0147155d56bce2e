/** What a rehearsal found, and how it is said. Pure: the command line prints it. */
import type { CapacityReport } from "./kubernetes/capacity.ts";
import { capacitySummary } from "./kubernetes/summary.ts";
import type { Cut } from "./run/cut.ts";
import type { Change } from "./terraform/runner.ts";

export interface StackResult {
  readonly stack: string;
  /** Resources in the product's JSON. */
  readonly resources: number;
  /** What was left out of it, with the reason. */
  readonly cut: readonly Cut[];
  /** What the synth warned of. */
  readonly warnings: readonly string[];
  outcome: "applied" | "skipped" | "failed" | "not reached";
  /** Why it was skipped. */
  reason?: string;
  applySeconds?: number;
  /** Absent where it was not planned again. */
  secondPlan?: readonly Change[];
  /** Terraform's text of the second plan's changes. */
  secondPlanText?: string;
  destroyed?: boolean;
  destroySeconds?: number;
  /** The JSON after the run is the one that was synthesized, byte for byte. */
  untouched?: boolean;
  /** Only where it was applied on top of another ref. */
  upgrade?: Upgrade;
}

/** What a change does to a stack that is there already. */
export interface Upgrade {
  readonly changes: readonly Change[];
  /** File with the plan, as `terraform show -json` tells it. */
  readonly plan: string;
}

/** What a rehearsal began with, before the working tree was applied on top of it. */
export interface BaseResult {
  /** As it was asked for, for example origin/main. */
  readonly ref: string;
  readonly commit: string;
  readonly stacks: readonly StackResult[];
}

export interface Kept {
  /** Id for `mainline rehearse --stop`. */
  readonly id: string;
  /** Shell file that sets the variables. */
  readonly environmentFile: string;
  readonly variables: Readonly<Record<string, string>>;
}

export interface RehearsalResult {
  readonly environment: string;
  readonly run: string;
  readonly emulator: string;
  /** What answered as the Kubernetes API, or why nothing did. */
  readonly kubernetes: string;
  /** Nodes and what is requested of them, per cluster, before the destroy. */
  readonly clusters: readonly CapacityReport[];
  readonly terraform: string;
  readonly stacks: readonly StackResult[];
  /** Only of `--from`. */
  readonly from?: BaseResult;
  /** What was there after the destroy and not before the first apply; absent: not destroyed. */
  readonly left?: readonly string[];
  /** Objects whose finalizers the rehearsal took off during the destroy, in the place of controllers that do not run here. */
  readonly released: readonly string[];
  readonly kept?: Kept;
  /** What ended the run before its end: where, and what to do. */
  readonly failure?: string;
  readonly seconds: number;
}

/** 0: all as it should be; 1: it did not come to its end; 2: it did, and there are findings. */
export function exitCode(result: RehearsalResult): 0 | 1 | 2 {
  if (result.failure !== undefined) return 1;
  return findings(result).length === 0 ? 0 : 2;
}

/** What is wrong although everything was applied, each with what to do. */
export function findings({ stacks, clusters, left }: RehearsalResult): string[] {
  const drift = stacks.flatMap(({ stack, secondPlan = [], secondPlanText = "" }) =>
    secondPlan.length === 0
      ? []
      : [
          `${stack}: the second plan is not empty (${secondPlan.map(({ action, address }) => `${action} ${address}`).join(", ")}). ` +
            `The configuration does not say what AWS made of it; set it as AWS returns it.\n${shortened(secondPlanText)}`,
        ],
  );
  const changed = stacks.filter(({ untouched }) => untouched === false).map(({ stack }) => `${stack}: its JSON changed during the run.`);
  const rest = (left ?? []).map((thing) => `${thing} is left after the destroy: no state knows it.`);
  return [...drift, ...changed, ...clusters.flatMap(withoutPlace), ...rest];
}

function withoutPlace({ cluster, pending }: CapacityReport): string[] {
  return pending.map(
    ({ workload, pods, reason }) =>
      `${cluster}: ${count(pods, "pod")} of ${workload} ${pods === 1 ? "does" : "do"} not fit: ${reason} ` +
      "Enlarge a node group of `cluster.nodes`, or request less.",
  );
}

/** Per cluster: its nodes, and how much of them is requested. */
export function clusterLines(clusters: readonly CapacityReport[]): string[] {
  return clusters.flatMap((report) => capacitySummary({ ...report, pending: [] }));
}

/** What the synth warned of, one line each. */
export function warningLines(stacks: readonly StackResult[]): string[] {
  return stacks.flatMap(({ stack, warnings }) => warnings.map((text) => `${stack}: ${text}`));
}

/** Lines of a plan that are shown; the log has all. */
const shownLines = 60;

function shortened(text: string): string {
  const lines = text.trim().split("\n");
  if (lines.length <= shownLines) return lines.join("\n");
  return [...lines.slice(0, shownLines), `... ${lines.length - shownLines} more lines in the stack's log`].join("\n");
}

/** The last line: what share was rehearsed, and what was not. */
export function lastLine({ stacks }: RehearsalResult): string {
  const reached = stacks.filter(({ outcome }) => outcome === "applied");
  const total = sum(reached.map(({ resources }) => resources));
  const cut = sum(reached.map((stack) => stack.cut.length));
  const skipped = stacks.filter(({ outcome }) => outcome === "skipped").length;
  const share = total === cut ? "nothing" : `${total - cut} of ${total} resources of ${count(reached.length, "stack")}`;
  const rest = skipped > 0 ? `; ${count(skipped, "stack")} skipped` : "";
  return `${share} rehearsed${rest}. Not shown by a rehearsal: docs/rehearsal.md`;
}

/** What was left out, by reason, one line each. */
export function cutLines(stacks: readonly StackResult[]): string[] {
  return stacks.flatMap(({ stack, cut }) => cut.map(({ address, reason }) => `${stack}: ${address} is not rehearsed: ${reason}`));
}

/** What only the rehearsal let go, one line; none where controllers were not needed. */
export function releasedLines(released: readonly string[]): string[] {
  if (released.length === 0) return [];
  return [
    `finalizers of ${count(released.length, "object")} taken off in the place of controllers that do not run here: ${released.join("; ")}`,
  ];
}

/** "1 stack", "2 stacks". */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** Columns of what is told of a stage, characters. */
export interface Widths {
  readonly title: number;
  readonly text: number;
}

/** For a log and for pages: room for the longest of either that is usual. */
const wide: Widths = { title: 22, text: 52 };

/** One stage in columns: what, what was found, how it ended, how long it took. */
export function stageLine(title: string, text: string, outcome: string, seconds: number | undefined, widths = wide): string {
  const time = seconds === undefined ? "" : `${seconds.toFixed(1)} s`;
  return `  ${title.padEnd(widths.title)}  ${text.padEnd(widths.text)}  ${outcome.padEnd(8)}  ${time.padStart(8)}`.trimEnd();
}

/** Widths of these titles that leave no more than `columns` to a line, as long as the texts are as short. */
export function widthsFor(titles: readonly string[], columns: number): Widths {
  const title = Math.min(wide.title, Math.max(...titles.map(({ length }) => length)));
  return { title, text: Math.max(20, Math.min(wide.text, columns - title - "      applied    999.9 s".length)) };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
