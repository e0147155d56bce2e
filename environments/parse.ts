/**
 * From environment files to environments: profile defaults, one parse, rules between fields, rules between environments, frozen. All
 * mistakes of all files come as one error.
 */
import { checks, crossChecks } from "./checks/index.ts";
import { formProblems } from "./form-problems.ts";
import { EnvironmentErrors, type Problem } from "./problem.ts";
import { withProfile } from "./profiles.ts";
import { type Environment, environmentSchema } from "./schema.ts";

/** What each file says, by its path from the root of the repository, in the order in which changes travel. */
export type EnvironmentFiles = Readonly<Record<string, unknown>>;

interface Parsed {
  readonly file: string;
  /** Absent where a form is wrong, or where it goes by a name that may be another file's: no rule could be told of the right one. */
  readonly environment?: Environment;
  readonly problems: readonly Problem[];
}

/**
 * Parses all files.
 * @throws EnvironmentErrors with every problem of every file. Rules between fields are checked where a file's forms are right, rules
 * between environments where all are: a rule that stumbles over a wrong form would tell of mistakes that nobody made.
 */
export function parseEnvironments(files: EnvironmentFiles): readonly Environment[] {
  const parsed = Object.entries(files).map(([file, content]) => parseFile(file, content));
  const environments = parsed.flatMap(({ environment }) => (environment ? [environment] : []));
  const complete = environments.length === parsed.length;
  const between = complete ? crossChecks.flatMap((check) => check(environments)) : [];
  const problems = parsed.map(({ file, environment, problems: own }) => {
    const cross = between.filter((problem) => problem.environment === environment?.name);
    return [file, [...own, ...cross]] as const;
  });
  const wrong = new Map(problems.filter(([, found]) => found.length > 0));
  if (wrong.size > 0) throw new EnvironmentErrors(wrong, complete);
  return deepFreeze(environments);
}

function parseFile(file: string, content: unknown): Parsed {
  const input = withProfile(content);
  const { data: environment, error } = environmentSchema.safeParse(input);
  if (!environment) return { file, problems: formProblems(error.issues, input) };
  const problems = checks.flatMap((check) => check(environment));
  const misnamed = nameOfFile(file, environment);
  return misnamed.length > 0 ? { file, problems: [...misnamed, ...problems] } : { file, environment, problems };
}

/** The file's name is the environment's, so that names are unique and an error in one leads to the other. */
function nameOfFile(file: string, { name }: Environment): Problem[] {
  const expected = file.replace(/^.*\//, "").replace(/\.ts$/, "");
  if (name === expected) return [];
  return [{ path: "name", found: name, wrong: "is not the file's name", remedy: `Name it "${expected}", or rename the file` }];
}

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
