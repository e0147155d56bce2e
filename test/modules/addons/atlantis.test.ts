/** The server's side of Atlantis: what no pull request can change. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { execa } from "execa";
import { parse } from "yaml";
import { addonOptions } from "../../../environments/schema/addons.ts";
import { repositoryConfig } from "../../../modules/addons/catalogue/atlantis/repos.ts";
import { examplesOf } from "../../support/addons.ts";

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

  /** The hook as Atlantis runs it, with GitHub's API at an address of ours. */
  async function run(command: string) {
    const posts: { path?: string; authorization?: string; body: string }[] = [];
    const server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        posts.push({ path: request.url, authorization: request.headers.authorization, body });
        response.writeHead(201).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const [{ run: script }] = configWith({ hook: command }).repos[0].pre_workflow_hooks;
    writeFileSync(join(folder, ".git-credentials"), "https://x-access-token:ghs_token@github.com\n");
    mkdirSync(join(folder, ".mainline"), { recursive: true });
    const env = {
      PATH: process.env.PATH,
      HOME: folder,
      BASE_REPO_OWNER: "example",
      BASE_REPO_NAME: "mainline",
      PULL_NUM: "7",
      BASE_BRANCH_NAME: "main",
      AWS_SECRET_ACCESS_KEY: "secret",
      ATLANTIS_GH_APP_KEY: "secret",
    };
    const local = script.replaceAll("https://api.github.com", `http://127.0.0.1:${port}`);
    const { exitCode } = await execa("sh", ["-c", local], { cwd: folder, env, extendEnv: false, reject: false });
    await new Promise((resolve) => server.close(resolve));
    return { exitCode, posts };
  }

  test("gets the base branch, and no credentials", async () => {
    expect((await run("env > seen")).exitCode).toBe(0);
    const seen = readFileSync(join(folder, "seen"), "utf8");
    expect(seen).toContain("BASE_BRANCH_NAME=main");
    expect(seen).not.toContain("secret");
  });

  test("a failure fails Atlantis's command, and what it left to say is posted as the app", async () => {
    const { exitCode, posts } = await run(`echo '{"body":"no"}' > .mainline/atlantis-error.json; false`);
    expect(exitCode).toBe(1);
    expect(posts).toEqual([
      { path: "/repos/example/mainline/issues/7/comments", authorization: "Bearer ghs_token", body: '{"body":"no"}\n' },
    ]);
  });

  test("a failure that left nothing to say fails as well", async () => {
    expect(await run("rm -f .mainline/atlantis-error.json; false")).toEqual({ exitCode: 1, posts: [] });
  });
});
