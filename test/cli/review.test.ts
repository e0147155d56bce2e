/** `mainline review` as a command: where plans come from, what comes out, exit codes. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { createColors } from "picocolors";
import { main } from "../../cli/main.ts";
import { created, deleted, planText, unchanged } from "../review/plans.ts";

const root = mkdtempSync(join(tmpdir(), "mainline-review-"));
afterAll(() => rmSync(root, { recursive: true }));

/** Runs the command with this root, where overrides would be, and this environment. */
async function run(argv: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const [out, err]: [string[], string[]] = [[], []];
  const { signal } = new AbortController();
  const io = {
    out: (line: string) => out.push(line),
    err: (line: string) => err.push(line),
    env,
    root,
    colors: createColors(false),
    interrupts: { first: signal, second: signal },
  };
  const code = await main(["review", ...argv], io);
  return { code, out: out.join("\n"), err: err.join("\n") };
}

/** A folder as `mainline plan` writes it; `undefined` leaves the file out. */
function folder(name: string, stacks: readonly object[], files: Readonly<Record<string, string>>): string {
  const path = mkdtempSync(join(root, `${name}-`));
  writeFileSync(join(path, "plans.json"), JSON.stringify({ version: 1, stacks }));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(path, file), text);
  return path;
}

const planned = (id: string) => ({
  id,
  outcome: "planned",
  file: `${id}.json`,
  commit: "4f2c9e1ab03d5566",
  dirty: true,
  plannedAt: "2026-11-21T14:00:00.000Z",
  stateSerial: 3,
});
const harmless = planText({ changes: [created("aws_x.new", {}), unchanged("aws_vpc.main", {})] });
const dangerous = planText({
  changes: [deleted("aws_kms_key.main", {}), ...["a", "b", "c", "d"].map((name) => unchanged(`aws_y.${name}`, {}))],
});

const good = folder("good", [planned("dev-network"), { id: "dev-cluster", outcome: "deferred", because: "waits for dev-network" }], {
  "dev-network.json": harmless,
});
const bad = folder("bad", [planned("prod-network")], { "prod-network.json": dangerous });

describe("exit codes", () => {
  test.each([
    ["0, nothing that needs anybody", [good], 0, "Nothing that needs approval in 2 stacks of 1 environment"],
    ["2, blocked", [bad], 2, "Blocked: 1 finding in 1 stack of 1 environment"],
    ["2, both together", [good, bad], 2, "Blocked: 1 finding in 3 stacks of 2 environments"],
  ])("%s", async (_, argv, code, last) => {
    const result = await run(argv);
    expect(result.err).toBe("");
    expect(result.out.split("\n").at(-1)).toBe(last);
    expect(result.code).toBe(code);
  });
});

test("a plan as Windows PowerShell redirects it, in UTF-16, is read", async () => {
  const file = join(root, "dev-network.json");
  writeFileSync(file, Buffer.from(`\ufeff${harmless.replaceAll("\n", "\r\n")}`, "utf16le"));
  expect(await run([file])).toMatchObject({ code: 0, err: "" });
});

describe("fewer plans than there should be, or broken ones, are an error: exit 1, nothing printed", () => {
  const one = { "dev-network.json": harmless };
  test.each([
    [
      "a plan is missing",
      folder("a", [planned("dev-network"), planned("dev-cluster")], one),
      "dev-cluster: its plan dev-cluster.json is missing",
    ],
    [
      "a plan is cut",
      folder("b", [planned("dev-network")], { "dev-network.json": harmless.slice(0, 50) }),
      "dev-network.json is cut short",
    ],
    [
      "two are broken: both are told",
      folder("c", [planned("dev-network"), planned("dev-state")], { "dev-network.json": "", "dev-state.json": "[]" }),
      "2 of 2 plans cannot be reviewed",
    ],
    ["the list is empty", folder("d", [], {}), "nothing was planned"],
    ["the list names no file", folder("e", [{ id: "dev-network", outcome: "planned" }], one), "the list names no file of it"],
    ["the list is of another version", folder("f", [], { "plans.json": '{"version":2,"stacks":[]}' }), "version"],
    ["the list is cut", folder("g", [], { "plans.json": '{"version":1,' }), "is not JSON, or is cut short"],
    ["a stack is there twice", folder("h", [planned("dev-network"), planned("dev-network")], one), "is listed more than once"],
    ["a file outside of the folder", folder("i", [{ ...planned("dev-network"), file: "../../etc/passwd" }], {}), "is missing"],
    ["an outcome of the future", folder("j", [{ id: "dev-network", outcome: "perhaps" }], {}), "stacks.0.outcome"],
  ])("%s", async (_, path, message) => {
    const { code, out, err } = await run([path, "--json"]);
    expect(err).toContain(message);
    expect([code, out]).toEqual([1, ""]);
  });

  test("a folder without a list", async () => {
    const { code, err } = await run([mkdtempSync(join(root, "none-"))]);
    expect(err).toContain("has no plans.json, so nobody can say whether all plans are there");
    expect(code).toBe(1);
  });

  test("the same stack from two places", async () => {
    const { code, err } = await run([bad, join(bad, "prod-network.json")]);
    expect(err).toContain("prod-network: more than one plan");
    expect(code).toBe(1);
  });
});

test("a plan file is named after its stack", async () => {
  const { out } = await run([join(bad, "prod-network.json"), "--json"]);
  expect(JSON.parse(out).stacks).toMatchObject([{ id: "prod-network", environment: "prod", stack: "network", verdict: { kind: "block" } }]);
});

test("the page goes to a file, and only there", async () => {
  const file = join(root, "review.html");
  const { out } = await run([good, "--html", "--output", file]);
  expect(out).toBe("");
  expect(readFileSync(file, "utf8")).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
});

test("the comment says which code was planned", async () => {
  expect((await run([good, "--markdown"])).out).toContain("Plans of `4f2c9e1ab03d with uncommitted changes`, 2026-11-21T14:00:00.000Z");
});

describe("overrides", () => {
  const entry = (until: string) => `- rule: destroy-stateful
  stack: prod-network
  address: aws_kms_key.main
  by: kim@example.com
  reason: Nothing was ever encrypted under this key
  until: ${until}
`;
  const file = (name: string, text: string) => {
    writeFileSync(join(root, name), text);
    return join(root, name);
  };

  test("make a block an approval", async () => {
    const { code, out } = await run([bad, "--overrides", file("o.yaml", entry("2999-12-31")), "--json"]);
    expect(JSON.parse(out).verdict).toEqual({ kind: "approval", groups: ["platform"] });
    expect(code).toBe(2);
  });

  test("that have ended do nothing, and that is said", async () => {
    const { out, err } = await run([bad, "--overrides", file("p.yaml", entry("2000-01-01")), "--json"]);
    expect(JSON.parse(out).verdict).toEqual({ kind: "block" });
    expect(err).toContain("ended on 2000-01-01; it no longer holds");
  });

  test("that are not there are no overrides", async () => {
    expect(await run([bad, "--overrides", join(root, "no.yaml")])).toMatchObject({
      code: 64,
      err: expect.stringContaining("which is not there"),
    });
  });
});

describe("wrong usage", () => {
  test.each([
    ["no plans", [], {}, "missing required argument"],
    ["plans from nowhere", ["/no/such/plans"], {}, "There is no /no/such/plans"],
    ["two forms at once", [good, "--html", "--json"], {}, "cannot be used with option"],
    ["a post without anything", [good, "--post"], {}, "GITHUB_TOKEN is not set"],
    ["a post to nowhere", [good, "--post"], { GITHUB_TOKEN: "t" }, "give --repository <owner/name>"],
    ["a post to no repository", [good, "--post", "--repository", "x"], { GITHUB_TOKEN: "t" }, 'The repository is "x"'],
    [
      "a post outside of a pull request",
      [good, "--post"],
      { GITHUB_TOKEN: "t", GITHUB_REPOSITORY: "a/b", GITHUB_REF: "refs/heads/main" },
      "give --pull-request <number>",
    ],
    [
      "a number that is none",
      [good, "--post", "--pull-request", "#7"],
      { GITHUB_TOKEN: "t", GITHUB_REPOSITORY: "a/b" },
      "give --pull-request <number>",
    ],
    [
      "a key that could end the marker",
      [good, "--post", "--pull-request", "7", "--key", "a -->"],
      { GITHUB_TOKEN: "t", GITHUB_REPOSITORY: "a/b" },
      '--key is "a -->"',
    ],
  ])("%s", async (_, argv, env, message) => {
    const { code, err } = await run(argv, env);
    expect(err).toContain(message);
    expect(code).toBe(64);
  });
});

describe("the pull request is known from", () => {
  const event = join(root, "event.json");
  writeFileSync(event, JSON.stringify({ issue: { number: 7 } }));
  // Nobody answers there, which says to whom it wanted to talk.
  const nobody = { GITHUB_TOKEN: "t", GITHUB_API_URL: "http://127.0.0.1:1" };
  test.each([
    ["a workflow's ref", { GITHUB_REPOSITORY: "a/b", GITHUB_REF: "refs/pull/7/merge" }, "a/b#7"],
    ["a workflow's event", { GITHUB_REPOSITORY: "a/b", GITHUB_REF: "refs/heads/main", GITHUB_EVENT_PATH: event }, "a/b#7"],
    ["Atlantis", { BASE_REPO_OWNER: "c", BASE_REPO_NAME: "d", PULL_NUM: "9" }, "c/d#9"],
  ])("%s", async (_, env, expected) => {
    const { code, err } = await run([good, "--post"], { ...nobody, ...env });
    expect(err).toContain(`The review could not be posted to ${expected}`);
    expect(code).toBe(1);
  });
});
