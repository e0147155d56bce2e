/** What is wrong with an environment file, and the one error that tells all of it. */
import { UserError } from "./user-error.ts";

/** One mistake, as a sentence in parts: "<path>  <found> <wrong>. <remedy>." */
export interface Problem {
  /** Where in the file, for example cluster.nodes.general.size. */
  readonly path: string;
  /** The value found there; absent where the mistake is that there is none. */
  readonly found?: unknown;
  /** What is wrong with it, without a full stop, for example `overlaps dev's 10.10.0.0/16`. */
  readonly wrong: string;
  /** What to do, without a full stop. */
  readonly remedy: string;
}

/** Problems by file, for example environments/prod.ts. */
export type ProblemsByFile = ReadonlyMap<string, readonly Problem[]>;

/** Paths are padded to a common width, but a single long one must not push all sentences to the right. */
const widestColumn = 40;
const longestValue = 60;

const laterText = "Rules across fields and files are checked when these are corrected.";

/** All mistakes of all files. Its message is meant to be read as it is. */
export class EnvironmentErrors extends UserError {
  override readonly name = "EnvironmentErrors";

  /** @param complete false where a form is wrong, so that rules across fields and files could not be checked yet. */
  constructor(
    readonly problems: ProblemsByFile,
    complete: boolean,
  ) {
    const files = [...problems].map(([file, found]) => fileText(file, found));
    super([...files, ...(complete ? [] : [laterText]), "Nothing was written."].join("\n"));
  }
}

/** Where a value is: `nodes.general.taints[0].key`; keys that are not plain words are quoted. */
export function pathText(segments: readonly PropertyKey[]): string {
  const text = segments.map((segment) => {
    if (typeof segment === "number") return `[${segment}]`;
    return /^[\w-]+$/.test(String(segment)) ? `.${String(segment)}` : `["${String(segment)}"]`;
  });
  return text.join("").replace(/^\./, "") || "(the file)";
}

/** A value as it is written in the file, cut where it is long. */
export function show(value: unknown): string {
  const text = JSON.stringify(value, (_, inner) => (typeof inner === "bigint" ? `${inner}n` : inner)) ?? String(value);
  return text.length > longestValue ? `${text.slice(0, longestValue)}...` : text;
}

function fileText(file: string, problems: readonly Problem[]): string {
  const width = Math.min(widestColumn, Math.max(...problems.map(({ path }) => path.length)));
  const lines = problems.map((problem) => `  ${problem.path.padEnd(width)}  ${sentence(problem)}`);
  return [`${file} has ${problems.length === 1 ? "1 problem" : `${problems.length} problems`}:`, ...lines].join("\n");
}

function sentence(problem: Problem): string {
  const found = "found" in problem ? `${show(problem.found)} ` : "";
  return `${found}${problem.wrong}. ${problem.remedy}${/[.?]$/.test(problem.remedy) ? "" : "."}`;
}
