/** Scripts inside workflows, run as GitHub runs them (bash -e), with the commands that they call played. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { execa } from "execa";
import { workflows } from "../delivery/workflows.ts";
import { pathWith } from "./delivery-tools.ts";
import { type Fakes, fakes } from "./fakes.ts";

let fake: Fakes;
beforeEach(() => {
  fake = fakes();
});
afterEach(() => fake.remove());

/** Runs a step, found by its id or name, in an empty folder. */
async function step(workflow: string, job: string, name: string, env: Readonly<Record<string, string>> = {}) {
  const found = workflows
    .find(({ path }) => path === `.github/workflows/${workflow}.yaml`)
    ?.content.jobs[job]?.steps?.find((one) => one.id === name || one.name === name);
  if (found?.run === undefined) throw new Error(`${workflow} ${job} has no script ${name}`);
  const files = Object.fromEntries(["GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_STEP_SUMMARY"].map((key) => [key, join(fake.folder, key)]));
  const { exitCode, stdout, stderr } = await execa("bash", ["-e", "-c", found.run], {
    ...{ cwd: fake.folder, reject: false, extendEnv: false },
    env: { PATH: pathWith(fake.folder), ...files, ...env },
  });
  const written = (key: string) => (existsSync(join(fake.folder, key)) ? readFileSync(join(fake.folder, key), "utf8") : "");
  return {
    exitCode,
    stdout,
    stderr,
    output: written("GITHUB_OUTPUT"),
    summary: written("GITHUB_STEP_SUMMARY"),
    variables: written("GITHUB_ENV"),
  };
}

const affected = (...ids: readonly string[]) =>
  JSON.stringify({ affected: ids.map((id) => ({ id, environment: id.split("-")[0], change: "changed", because: "tags" })) });

describe("platform-plan: affected", () => {
  test.each([
    ["none", 0, affected(), 0],
    ["some", 2, affected("dev-network"), 0],
    ["nobody knows", 1, "", 1],
    ["wrong usage", 64, "", 64],
  ])("%s (exit code %i)", async (_, code, json, exitCode) => {
    fake.script("node", `printf '%s' '${json}'\nexit ${code}`);
    const { output, ...rest } = await step("platform-plan", "affected", "affected", { BASE: "main" });
    expect(rest.exitCode === 0).toBe(exitCode === 0);
    expect(output).toBe(exitCode === 0 ? `affected=${json}\n` : "");
    expect(fake.calls("node")).toEqual(["cli/mainline.js affected --base origin/main --json"]);
  });
});

describe("platform-plan: plan", () => {
  test("where nothing is affected the comment still says so: the list of all stacks is made without a role", async () => {
    fake.script("node", "exit 0");
    const { exitCode } = await step("platform-plan", "plan", "Plan", { BASE: "main", AFFECTED: affected() });
    expect(exitCode).toBe(0);
    expect(fake.calls("node")).toEqual(["cli/mainline.js plan --affected --base origin/main --out plans/none"]);
  });

  test("a plan that failed does not keep the review from being posted, but the run is red in the end", async () => {
    const { exitCode, variables } = await step("platform-plan", "plan", "Plan", { BASE: "main", AFFECTED: affected("dev-network") });
    expect({ exitCode, variables }).toEqual({ exitCode: 0, variables: "failed=true\n" });
  });
});

test.each([
  ["allow", {}, 0],
  ["approval", {}, 0],
  ["block", {}, 1],
  ["allow", { failed: "true" }, 1],
])("platform-plan: verdict %s, variables %j: ends with %i", async (kind, env, exitCode) => {
  writeFileSync(join(fake.folder, "review.json"), JSON.stringify({ verdict: { kind } }));
  expect((await step("platform-plan", "plan", "Verdict", env)).exitCode).toBe(exitCode);
});

test.each([
  ["what was given", { BASE: "v1" }, "green\n", "v1"],
  ["the last green run", { BASE: "" }, "green\n", "green"],
  ["the commit before, where none was green", { BASE: "" }, "\n", "before"],
])("platform-apply: the base is %s", async (_, env, green, base) => {
  fake.command("gh", "this\n", green);
  fake.command("node", affected());
  await step("platform-apply", "plan", "plan", { ...env, BEFORE: "before", GITHUB_SHA: "this" });
  expect(fake.calls("node")[0]).toBe(`cli/mainline.js affected --base ${base} --json`);
});

test.each([
  ["an older run beside a newer one", "newer\n", "before", "There is a newer run, of newer"],
  ["a first run by hand that knows no base", "this\n", "", "No run was green yet"],
])("platform-apply: %s plans nothing", async (_, newest, before, said) => {
  fake.command("gh", newest, "\n");
  const { exitCode, stdout } = await step("platform-apply", "plan", "plan", { BASE: "", BEFORE: before, GITHUB_SHA: "this" });
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: expect.stringContaining(said) });
  expect(fake.calls("node")).toEqual([]);
});

test("service-ci: the tag of a pull request is of its own commit, not of the merge that GitHub makes", async () => {
  const commits = { GITHUB_SHA: "f".repeat(40), HEAD: "a".repeat(40), NUMBER: "7" };
  expect((await step("service-ci", "build", "names", commits)).output).toBe(`tag=pr-7-${"a".repeat(12)}\n`);
  await fake.remove();
  fake = fakes();
  expect((await step("service-ci", "build", "names", { ...commits, HEAD: "", NUMBER: "" })).output).toBe(`tag=${"f".repeat(12)}\n`);
});
