/**
 * The repository's side of Atlantis's configuration (atlantis.yaml), for exactly the stacks that a pull request affects.
 *
 * Only keys that a server allows without `allowed_overrides` are written: requirements, workflows and locks are the server's (see the add-on
 * atlantis). Sources: Atlantis, "Repo Level atlantis.yaml Config"; order keys: runatlantis/atlantis#5791 says why groups and `depends_on` are
 * not used together.
 */
import { stringify } from "yaml";
import { lockFile } from "../affected/read-synth.ts";

/** A stack that a pull request affects. */
export interface AffectedStack {
  /** For example dev-network. */
  readonly id: string;
  readonly environment: string;
  /** `replan`: its own JSON is the same, but it reads a contract of a stack that changes. */
  readonly change: "changed" | "added" | "removed" | "replan";
  /** Levels of stacks that come before it; what is removed comes after what used to read it. */
  readonly depth: number;
}

export interface AtlantisSpec {
  readonly stacks: readonly AffectedStack[];
  /** Names of all environments, in the order in which changes travel. */
  readonly environments: readonly string[];
  /** Folder of a stack's cdk.tf.json, relative to the repository, with slashes. */
  readonly folderOf: (stack: AffectedStack) => string;
  /** Version of Terraform, for example "1.11.4". */
  readonly terraform: string;
}

interface Project {
  readonly name: string;
  readonly dir: string;
  readonly terraform_version: string;
  readonly execution_order_group: number;
  readonly autoplan: { readonly enabled: true; readonly when_modified: readonly string[] };
}

export interface AtlantisConfig {
  readonly version: 3;
  readonly automerge: false;
  readonly parallel_plan: boolean;
  readonly parallel_apply: false;
  readonly abort_on_execution_order_fail: true;
  readonly autodiscover: { readonly mode: "disabled" };
  readonly projects: readonly Project[];
}

/**
 * What stacks are made of, relative to the repository. Atlantis plans a listed project by itself only where the pull request changes one of these, and
 * `undiverged` looks whether the base branch did since: generated files, which git ignores, count for neither (`git ls-files --others
 * --exclude-standard` in server/events/working_dir.go, 0.46).
 */
export const sources = [
  "charts/**",
  "environments/**",
  "modules/**",
  "stacks/**",
  "main.ts",
  "cdktf.json",
  "package-lock.json",
  lockFile,
] as const;

/** More levels than any environment has, so that a stack keeps its group from one pull request to the next. */
const groupsPerEnvironment = 100;

/** Projects of these stacks, ordered by environment, then by depth. */
export function atlantisConfig({ stacks, environments, folderOf, terraform }: AtlantisSpec): AtlantisConfig {
  const projects = stacks.map((stack) => {
    const dir = folderOf(stack);
    const up = dir
      .split("/")
      .map(() => "..")
      .join("/");
    return {
      name: stack.id,
      dir,
      terraform_version: `v${terraform}`,
      execution_order_group: groupOf(stack, environments),
      autoplan: { enabled: true as const, when_modified: ["cdk.tf.json", ...sources.map((source) => `${up}/${source}`)] },
    };
  });
  return {
    ...base,
    projects: projects.toSorted((a, b) => a.execution_order_group - b.execution_order_group || (a.name < b.name ? -1 : 1)),
  };
}

/** Nothing is planned: written where the stacks are not known, so that Atlantis does not plan what it finds. */
export function emptyConfig(): AtlantisConfig {
  return { ...base, projects: [] };
}

const base = {
  version: 3,
  // Merging is for people: a plan of the next environment may still be under review.
  automerge: false,
  parallel_plan: true,
  // Stacks of one group could be applied at once, but a failure between two is easier to read one after the other.
  parallel_apply: false,
  abort_on_execution_order_fail: true,
  // Where this file lists nothing, nothing is meant (runatlantis/atlantis#1834).
  autodiscover: { mode: "disabled" },
} as const;

/** @throws Error where the stack is of an environment that is not among these: its order would be invented. */
function groupOf({ id, environment, depth }: AffectedStack, environments: readonly string[]): number {
  const rank = environments.indexOf(environment);
  if (rank < 0) throw new Error(`${id} is of the environment "${environment}", which is not among ${environments.join(", ")}.`);
  return rank * groupsPerEnvironment + depth;
}

/** YAML as Atlantis reads it, the same for the same stacks. */
export function configText(config: AtlantisConfig): string {
  return `# Written by \`mainline atlantis\`: the stacks that this pull request affects.\n${stringify(config, { lineWidth: 0, aliasDuplicateObjects: false })}`;
}
