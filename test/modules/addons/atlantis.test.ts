/** The server's side of Atlantis: what no pull request can change. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { execa } from "execa";
import { parse } from "yaml";
import { addonOptions } from "../../../environments/schema/addons.ts";
import { repositoryConfig } from "../../../modules/addons/catalogue/atlantis/repos.ts";
import { plannedAddon } from "../../../modules/addons/plan.ts";
import { companions, examplesOf, surroundingsOf } from "../../support/addons.ts";

const [, full] = examplesOf("atlantis");
const optionsWith = (overrides: object) => addonOptions.atlantis.parse({ ...full, ...overrides });
const configWith = (overrides: object) => parse(repositoryConfig(optionsWith(overrides), ["example/mainline"], "dev"));

describe("a pull request cannot loosen", () => {
  const [repo] = configWith({}).repos;

  test.each([
    ["requirements", "apply_requirements", ["approved", "mergeable", "undiverged"]],
    ["requirements of imports", "import_requirements", ["approved", "mergeable", "undiverged"]],
    ["anything by a key of its own file", "allowed_overrides", []],
    ["steps", "allow_custom_workflows", false],
    ["which projects there are", "autodiscover", { mode: "disabled" }],
  ])("%s", (_, key, value) => expect(repo[key]).toEqual(value));
});

describe("the reviewed plan", () => {
  test("an apply asks first, before it has any rights", () => {
    const { apply } = configWith({}).workflows.dev;
    expect(apply.steps[0].run).toContain("atlantis verify");
    expect(apply.steps.findIndex((step: { env?: object }) => step.env)).toBeGreaterThan(0);
  });

  test("without the workspace in the image there is neither review nor question", () => {
    const text = JSON.stringify(configWith({ mainline: undefined }).workflows);
    expect(text).not.toContain("mainline");
  });
});

describe("the hook", () => {
  const folder = mkdtempSync(join(tmpdir(), "mainline-hook-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const [{ run: script, commands }] = configWith({ hook: "env; echo why >&2; exit 3" }).repos[0].pre_workflow_hooks;

  test("gets the base branch, and no credentials; what it says and its failure go on to Atlantis", async () => {
    const secrets = { AWS_SECRET_ACCESS_KEY: "secret", ATLANTIS_GH_APP_KEY: "secret" };
    const env = { PATH: process.env.PATH, HOME: folder, BASE_BRANCH_NAME: "main", ...secrets };
    const { exitCode, stdout, stderr } = await execa("sh", ["-c", script], { cwd: folder, env, extendEnv: false, reject: false });
    expect({ exitCode, stderr }).toEqual({ exitCode: 3, stderr: "why" });
    expect(stdout).toContain("BASE_BRANCH_NAME=main");
    expect(stdout).not.toContain("secret");
    expect(stdout).not.toContain(`HOME=${folder}`);
  });

  test("runs for plans alone: no code of the pull request between its approval and the apply", () => expect(commands).toBe("plan"));
});

test("GitHub's own block by Atlantis's statuses keeps no apply from beginning", () => {
  const { values } = plannedAddon("atlantis", surroundingsOf({ ...companions("atlantis"), atlantis: optionsWith({}) }));
  // "atlantis/dev" begins with the name that is ignored, so that those of other environments are, too.
  expect(values).toMatchObject({
    environment: { ATLANTIS_VCS_STATUS_NAME: expect.stringMatching(/^atlantis\//), ATLANTIS_IGNORE_VCS_STATUS_NAMES: "atlantis" },
  });
});
