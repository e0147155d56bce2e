/** Pipelines by the tools that know them: actionlint, which reads scripts in workflows by shellcheck; shellcheck itself; published schemas. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { workflows } from "../delivery/workflows.ts";
import { root } from "./command.ts";
import { actionlint, jsonSchemas, pathWith, run, shellcheck } from "./delivery-tools.ts";

const workflow = actionlint();
const shell = shellcheck();
const schemas = jsonSchemas();
const named = (name: string, missing: string) => `${name}${missing && ` (skipped: ${missing})`}`;

/** Files of a folder that begin as a shell script does. */
function scriptsBelow(folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => /^#!.*\b(ba)?sh\n/.test(readFileSync(path, "utf8")));
}

(workflow.missing ? describe.skip : describe)(named("actionlint", workflow.missing), () => {
  const env = { PATH: shell.missing ? process.env.PATH : pathWith(dirname(shell.path)) };

  test("finds nothing in the workflows", () => {
    const { out, err } = run(workflow.path, ["-no-color", "-oneline", ...workflows.map(({ path }) => path)], env);
    expect(out + err).toBe("");
  });

  test("finds an expression in a script", () => {
    const title = `${"$"}{{ github.event.pull_request.title }}`;
    const bad = `on: pull_request\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: echo ${title}\n`;
    expect(run(workflow.path, ["-no-color", "-"], env, bad)).toMatchObject({
      status: 1,
      out: expect.stringContaining("potentially untrusted"),
    });
  });
});

(shell.missing ? describe.skip : describe)(named("shellcheck", shell.missing), () => {
  const scripts = ["delivery", "gitops/bin"].flatMap(scriptsBelow);

  test("finds nothing in the scripts", () => {
    expect(scripts.length).toBeGreaterThan(3);
    expect(run(shell.path, ["--color=never", "--external-sources", "--source-path=SCRIPTDIR", ...scripts]).out).toBe("");
  });
});

(schemas.missing ? describe.skip : describe)(named("schemas", schemas.missing), () => {
  const check = (schema: string, ...files: readonly string[]) =>
    run("python3", ["-m", "check_jsonschema", "--builtin-schema", schema, ...files], { PYTHONPATH: dirname(schemas.path) });

  test.each([
    ["vendor.circle-ci", "delivery/circleci/config.yml"],
    ["vendor.github-actions", ".github/actions/slack/action.yaml"],
    ["vendor.github-workflows", ".github/workflows/ci.yaml"],
    ["vendor.renovate", "renovate.json"],
  ])("%s holds for %s", (schema, file) => expect(check(schema, file)).toMatchObject({ status: 0 }));

  test("a schema finds what is wrong", () => {
    expect(check("vendor.circle-ci", ".github/workflows/ci.yaml").status).toBe(1);
  });
});
