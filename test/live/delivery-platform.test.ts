/** Scripts of the workflows that plan and apply this workspace, with Terraform, `mainline`, AWS and GitHub played. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { execa } from "execa";
import { root } from "./command.ts";
import { pathWith, run } from "./delivery-tools.ts";
import { type Fakes, fakes } from "./fakes.ts";

let fake: Fakes;
beforeEach(() => {
  fake = fakes();
});
afterEach(() => fake.remove());

const at = (name: string) => join(fake.folder, name);
const script = (name: string) => join(root, "delivery/platform", name);
const roleOf = (environment: string) => `arn:aws:iam::111122223333:role/mainline-${environment}-plan`;

describe("with-role", () => {
  const credentials = JSON.stringify({ AccessKeyId: "AKIA", SecretAccessKey: "key", SessionToken: "session" });

  /** With a GitHub on loopback that gives a token. */
  async function underRole(env: Readonly<Record<string, string>>, ...words: readonly string[]) {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(`${request.url} ${request.headers.authorization}`);
      response.end('{"value":"github-token"}');
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const own = {
      PATH: pathWith(fake.folder),
      ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${port}/?v=1`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: "request",
    };
    const { exitCode, stdout, stderr } = await execa(script("with-role"), words, {
      env: { ...own, ...env },
      extendEnv: false,
      reject: false,
    });
    await new Promise((resolve) => server.close(resolve));
    return { exitCode, stdout, stderr, asked };
  }

  test("runs a command with the role's credentials, and nothing by which it could ask for another", async () => {
    fake.script(
      "aws",
      `for word in "$@"; do case $word in file://*) cat "\${word#file://}" > ${at("token")};; esac; done; echo '${credentials}'`,
    );
    const { stdout, asked } = await underRole({}, roleOf("dev"), "env");
    expect(stdout.split("\n")).toEqual(
      expect.arrayContaining(["AWS_ACCESS_KEY_ID=AKIA", "AWS_SECRET_ACCESS_KEY=key", "AWS_SESSION_TOKEN=session"]),
    );
    expect(stdout).not.toContain("ACTIONS_ID_TOKEN");
    expect(asked).toEqual(["/?v=1&audience=sts.amazonaws.com Bearer request"]);
    expect(readFileSync(at("token"), "utf8")).toBe("github-token");
    expect(fake.calls("aws")[0]).toMatch(
      /^sts assume-role-with-web-identity --role-arn arn:aws:iam::111122223333:role\/mainline-dev-plan /,
    );
    expect(fake.calls("aws")[0]).not.toContain("github-token");
  });

  test.each([
    ["an hour where nothing else is said", {}, "3600"],
    ["as long as the workflow says", { ROLE_SECONDS: "7200" }, "7200"],
  ])("credentials last %s", async (_, env, seconds) => {
    fake.command("aws", credentials);
    await underRole(env, roleOf("dev"), "true");
    expect(fake.calls("aws")[0]).toContain(` --duration-seconds ${seconds} `);
  });

  test("ends as the command ends", async () => {
    fake.command("aws", credentials);
    expect(await underRole({}, roleOf("dev"), "sh", "-c", "exit 2")).toMatchObject({ exitCode: 2 });
  });

  test.each([
    ["no role", {}, ["", "env"], 64, "the role is"],
    ["no command", {}, [roleOf("dev")], 64, "usage"],
    ["a job without a token", { ACTIONS_ID_TOKEN_REQUEST_URL: "" }, [roleOf("dev"), "env"], 1, "id-token: write"],
    ["a role that does not trust it", {}, [roleOf("dev"), "env"], 254, "AccessDenied"],
  ])("%s: the command is not run", async (_, env, words, exitCode, said) => {
    fake.command("aws", "!AccessDenied: not authorized to perform sts:AssumeRoleWithWebIdentity");
    expect(await underRole(env, ...words)).toMatchObject({ exitCode, stdout: "", stderr: expect.stringContaining(said) });
  });
});

describe("plan-affected", () => {
  const affected = (...stacks: readonly (readonly [id: string, change: string])[]) =>
    writeFileSync(
      at("affected.json"),
      JSON.stringify({ affected: stacks.map(([id, change]) => ({ id, environment: id.split("-")[0], change })) }),
    );
  const lists = (...names: readonly string[]) =>
    names.map(
      (name) =>
        JSON.parse(readFileSync(join(at("plans"), name, "plans.json"), "utf8")).stacks as readonly { id: string; outcome: string }[],
    );
  const outcomes = (...names: readonly string[]) => lists(...names).map((stacks) => stacks.map(({ id, outcome }) => `${id} ${outcome}`));

  /** A copy of the script beside a with-role that only writes down. */
  function plan(roles: object, mainline: string) {
    mkdirSync(at("bin"));
    writeFileSync(at("bin/plan-affected"), readFileSync(script("plan-affected")), { mode: 0o755 });
    writeFileSync(at("bin/with-role"), '#!/bin/sh\nshift\n"$@"\n', { mode: 0o755 });
    fake.script("mainline", mainline);
    return run(at("bin/plan-affected"), [at("affected.json"), at("plans")], {
      PATH: pathWith(fake.folder),
      MAINLINE: "mainline",
      PLAN_ROLES: JSON.stringify(roles),
    });
  }

  const planned =
    'for out; do :; done; mkdir -p "$out"; echo \'{"version":1,"stacks":[{"id":"a-b","outcome":"planned"}]}\' > "$out/plans.json"; exit 2';

  test("each environment by itself, its stacks in their order", () => {
    affected(["dev-network", "changed"], ["prod-network", "changed"], ["dev-cluster", "replan"]);
    expect(plan({ dev: roleOf("dev"), prod: roleOf("prod") }, planned)).toMatchObject({ status: 0, err: "" });
    expect(fake.calls("mainline")).toEqual([
      `plan dev-network dev-cluster --out ${at("plans/dev")}`,
      `plan prod-network --out ${at("plans/prod")}`,
    ]);
  });

  test("an environment without a role is in the review as failed, and the others are planned", () => {
    affected(["dev-network", "changed"], ["prod-network", "changed"]);
    expect(plan({ dev: roleOf("dev") }, planned).status).toBe(1);
    expect(outcomes("dev", "prod")).toEqual([["a-b planned"], ["prod-network failed"]]);
  });

  test("where the command falls over, all of its stacks are in the review as failed", () => {
    affected(["dev-network", "changed"], ["dev-cluster", "changed"]);
    expect(plan({ dev: roleOf("dev") }, "exit 137").status).toBe(1);
    expect(outcomes("dev")).toEqual([["dev-network failed", "dev-cluster failed"]]);
  });

  test("a stack that goes is not forgotten, though no code plans it", () => {
    affected(["dev-edge", "removed"]);
    expect(plan({}, planned)).toMatchObject({ status: 0 });
    expect(fake.calls("mainline")).toEqual([]);
    expect(lists("_removed")).toEqual([
      [{ id: "dev-edge", outcome: "deferred", because: expect.stringContaining("mainline destroy <stack>") }],
    ]);
  });
});

describe("note-reviewed and apply-reviewed", () => {
  const planOf = (name: string) => ({
    format_version: "1.2",
    resource_changes: [{ address: "aws_sns_topic.a", change: { actions: ["create"], after: { name } } }],
  });

  /** Plans of a first run; `later` are those that the same stacks have when they are applied. */
  function reviewed(stacks: Readonly<Record<string, string>>, later: Readonly<Record<string, string>> = {}) {
    mkdirSync(at("plans"));
    const entries = Object.entries(stacks).map(([id, outcome]) => {
      writeFileSync(join(at("plans"), `${id}.json`), JSON.stringify(planOf(id)));
      writeFileSync(at(`${id}.later`), JSON.stringify(planOf(later[id] ?? id)));
      return { id, outcome, ...(outcome === "planned" && { file: `${id}.json` }) };
    });
    writeFileSync(at("plans/plans.json"), JSON.stringify({ version: 1, stacks: entries }));
    const noted = run(script("note-reviewed"), [at("plans")]);
    expect(noted).toMatchObject({ status: 0, err: "" });
    writeFileSync(at("reviewed.tsv"), noted.out);
    return noted.out.split("\n").filter(Boolean);
  }

  function apply(environment: string, mainline = `mkdir -p "$4"; cp ${at("$2.later")} "$4/$2.json"; exit 2`) {
    fake.script("mainline", mainline);
    fake.script("terraform", "true");
    return run(script("apply-reviewed"), [environment, at("reviewed.tsv")], { PATH: pathWith(fake.folder), MAINLINE: "mainline" });
  }
  const applied = () => fake.calls("terraform").map((call) => /work\/([^ ]+) apply .*\/([^/]+)\.tfplan$/.exec(call)?.slice(1));

  test("the stacks of the environment, in the order of the review, each by its own plan", () => {
    reviewed({ "dev-network": "planned", "dev-cluster": "planned", "prod-network": "planned", "eu-dev-network": "planned" });
    expect(apply("dev").status).toBe(0);
    expect(applied()).toEqual([
      ["dev-network", "dev-network"],
      ["dev-cluster", "dev-cluster"],
    ]);
  });

  test("it stops at the first plan that nobody saw, and applies nothing after it", () => {
    reviewed({ "dev-network": "planned", "dev-cluster": "planned", "dev-addons": "planned" }, { "dev-cluster": "another" });
    expect(apply("dev")).toMatchObject({
      status: 1,
      err: expect.stringContaining("dev-cluster: its plan is not the one that was reviewed"),
    });
    expect(applied()).toEqual([["dev-network", "dev-network"]]);
  });

  test("what waited when it was reviewed waits for another run, and that is told", () => {
    expect(reviewed({ "dev-network": "planned", "dev-cluster": "deferred", "dev-ci": "not affected" })).toHaveLength(2);
    expect(apply("dev")).toMatchObject({ status: 3, out: expect.stringContaining("dev-cluster: deferred when it was reviewed") });
    expect(applied()).toEqual([["dev-network", "dev-network"]]);
  });

  test("a stack whose code is gone lets no run wait: there will never be a plan of it", () => {
    mkdirSync(at("_removed"));
    writeFileSync(at("_removed/plans.json"), JSON.stringify({ version: 1, stacks: [{ id: "dev-edge", outcome: "deferred" }] }));
    expect(run(script("note-reviewed"), [at("_removed")])).toMatchObject({ status: 0, out: "", err: "" });
  });

  test("a stack that is as it should be needs no apply", () => {
    reviewed({ "dev-network": "planned" });
    expect(apply("dev", "exit 0")).toMatchObject({ status: 0, out: "dev-network: nothing to do\n" });
    expect(applied()).toEqual([]);
  });

  test("a stack that cannot be planned stops the run", () => {
    reviewed({ "dev-network": "planned", "dev-cluster": "planned" });
    expect(apply("dev", "exit 1")).toMatchObject({ status: 1, err: expect.stringContaining("dev-network: it cannot be planned") });
    expect(applied()).toEqual([]);
  });

  test("a plan that is none is not noted as reviewed", () => {
    mkdirSync(at("plans"));
    writeFileSync(at("plans/dev-network.json"), "{}");
    writeFileSync(
      at("plans/plans.json"),
      JSON.stringify({ version: 1, stacks: [{ id: "dev-network", outcome: "planned", file: "dev-network.json" }] }),
    );
    expect(run(script("note-reviewed"), [at("plans")])).toMatchObject({ status: 1, err: expect.stringContaining("no whole plan") });
  });
});
