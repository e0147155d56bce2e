/** The way to production: every environment in turn, each behind its own protection, and only after a review. */
import { expect, test } from "@jest/globals";
import { loadEnvironments } from "../../environments/index.ts";
import { jobs, type WorkflowFile, workflows } from "./workflows.ts";

const workflow = (name: string): WorkflowFile => {
  const found = workflows.find(({ path }) => path === `.github/workflows/${name}.yaml`);
  if (found === undefined) throw new Error(`There is no workflow ${name}.`);
  return found;
};

const apply = workflow("platform-apply").content.jobs;
const environments = Object.keys(apply).filter((name) => name !== "plan");
const known = loadEnvironments()
  .map(({ name }) => name)
  .sort();

test("every environment of the workspace has its turn, and what is shared comes first", () => {
  expect([...environments].sort()).toEqual(known);
  expect(environments.map((name) => apply[name]?.needs)).toEqual([
    "plan",
    ...environments.slice(1).map((_, index) => ["plan", ...environments.slice(0, index + 1)]),
  ]);
  expect(environments.indexOf("prod")).toBe(environments.length - 1);
});

test("drift is looked for in every environment", () => {
  const { matrix } = (
    workflow("platform-drift").content.jobs.drift as { readonly strategy: { readonly matrix: { readonly environment: string[] } } }
  ).strategy;
  expect([...matrix.environment].sort()).toEqual(known);
});

test("the role that applies is only within reach of a job with a protected environment", () => {
  const reaching = jobs.filter(({ job }) => JSON.stringify(job).includes("APPLY_ROLES"));
  expect(reaching.map(({ at }) => at)).toEqual([".github/workflows/platform-apply-environment.yaml apply"]);
  expect(reaching.map(({ job }) => job.environment)).toEqual([expect.stringContaining("inputs.environment")]);
});

test("credentials last as long as the job that applies, and as the role gives them", () => {
  const { job } = jobs.find(({ at }) => at === ".github/workflows/platform-apply-environment.yaml apply") ?? {};
  const seconds = job?.steps?.find(({ run }) => run?.includes("with-role"))?.env?.ROLE_SECONDS;
  const minutes = loadEnvironments().flatMap(({ ci }) => ci?.github?.applyMinutes ?? []);
  expect(Number(seconds)).toBe(Number(job?.["timeout-minutes"]) * 60);
  expect([...new Set(minutes)]).toEqual([Number(seconds) / 60]);
});

test("one apply at a time, and none is cut off", () => {
  expect(workflow("platform-apply").content).toMatchObject({ concurrency: "platform-apply" });
});

test("what holds locks is never cut off, neither by a newer run nor by a newer commit", () => {
  const holding = jobs.filter(({ job }) => job.steps?.some(({ run }) => /with-role|plan-affected/.test(run ?? "")));
  expect(holding.length).toBeGreaterThan(2);
  const cut = holding.filter(({ job, content }) => JSON.stringify([job.concurrency, content.concurrency]).includes("cancel-in-progress"));
  expect(cut.map(({ at }) => at)).toEqual([]);
});

test("code of a pull request is synthesized without any right but to read it", () => {
  expect(workflow("platform-plan").content.jobs.affected?.permissions).toEqual({ contents: "read" });
  expect(JSON.stringify(workflow("platform-plan").content.jobs.affected)).not.toMatch(/secrets\.|with-role|_ROLES/);
});

test("a pull request is judged by the base branch's code, not by its own", () => {
  const steps = workflow("platform-plan").content.jobs.plan?.steps ?? [];
  const judge = steps.find(({ with: settings }) => settings?.path === "judge");
  expect(judge?.with?.ref).toContain("github.event.pull_request.base.sha");
  const reviews = steps.flatMap(({ run }) => run?.match(/\S+ review /g) ?? []);
  expect([...new Set(reviews)]).toEqual(["judge/cli/mainline.js review "]);
});

test("packages run no scripts of their own where a role is within reach", () => {
  const installing = jobs.filter(({ job }) => job.steps?.some(({ run }) => run?.includes("with-role") || run?.includes("plan-affected")));
  expect(installing.length).toBeGreaterThan(2);
  for (const { at, job } of installing) {
    const installs = job.steps?.flatMap(({ run }) => (run?.includes("npm ") ? [run] : []));
    expect({ at, installs: [...new Set(installs)] }).toEqual({ at, installs: ["npm ci --ignore-scripts --no-audit --no-fund"] });
  }
});
