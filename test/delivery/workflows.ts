/** Workflows and actions of this repository and the one that teams copy, as text and as data. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

export const root = join(import.meta.dirname, "../..");

export interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

type Permissions = string | Readonly<Record<string, string>>;

export interface Job {
  readonly if?: string;
  readonly uses?: string;
  readonly needs?: string | readonly string[];
  readonly environment?: string | { readonly name: string };
  readonly permissions?: Permissions;
  readonly concurrency?: unknown;
  readonly steps?: readonly Step[];
  readonly "timeout-minutes"?: number;
}

export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Permissions;
  readonly concurrency?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

export interface WorkflowFile {
  readonly path: string;
  readonly text: string;
  readonly content: Workflow;
}

function yamlBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".yaml"))
    .sort()
    .map((name) => join(folder, name));
}

const read = (path: string) => readFileSync(join(root, path), "utf8");

export const workflows: readonly WorkflowFile[] = [...yamlBelow(".github/workflows"), ...yamlBelow("delivery/github")].map((path) => ({
  path,
  text: read(path),
  content: parse(read(path)) as Workflow,
}));

/** Composite actions, with their steps. */
export const actions = yamlBelow(".github/actions").map((path) => ({
  path,
  text: read(path),
  steps: (parse(read(path)) as { readonly runs: { readonly steps: readonly Step[] } }).runs.steps,
}));

/** Every step of all of them, with where it stands. */
export const steps: readonly { readonly at: string; readonly step: Step }[] = [
  ...workflows.flatMap(({ path, content }) =>
    Object.entries(content.jobs).flatMap(([name, job]) =>
      (job.steps ?? []).map((step, index) => ({ at: `${path} ${name} ${index + 1}`, step })),
    ),
  ),
  ...actions.flatMap((action) => action.steps.map((step, index) => ({ at: `${action.path} ${index + 1}`, step }))),
];

export const jobs = workflows.flatMap(({ path, content }) =>
  Object.entries(content.jobs).map(([name, job]) => ({ at: `${path} ${name}`, job, content })),
);
