/** Workflows of a configuration repository: held to what holds for ours. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { parse } from "yaml";
import { type Workflow, workflows } from "../delivery/workflows.ts";
import { gitops, read } from "./services.ts";

const folder = join(gitops, "config/.github/workflows");
const files = readdirSync(folder).map((name) => {
  const text = readFileSync(join(folder, name), "utf8");
  return [name, text, parse(text) as Workflow] as const;
});
const pinsOf = (text: string) => [...text.matchAll(/uses: (\S+@\S+ # \S+)/g)].map(([, pin = ""]) => pin);

test.each(files)("%s takes the actions of others at the commits that ours take", (_, text) => {
  const known = new Set(workflows.flatMap((each) => pinsOf(each.text)));
  expect(pinsOf(text).length).toBe([...text.matchAll(/uses:/g)].length);
  expect(pinsOf(text).filter((pin) => !known.has(pin))).toEqual([]);
});

test.each(files)(
  "%s gives its own token no right to write, ends by itself, and puts nothing of people into a script",
  (_, __, { permissions, jobs }) => {
    expect(permissions).toEqual({ contents: "read" });
    for (const { steps = [], ...job } of Object.values(jobs)) {
      expect(job["timeout-minutes"]).toBeLessThanOrEqual(10);
      expect(JSON.stringify(job.permissions ?? {})).not.toContain("write");
      expect(steps.filter(({ run }) => run?.includes("${{"))).toEqual([]);
      const checkouts = steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
      expect(checkouts.every((step) => step.with?.["persist-credentials"] === false)).toBe(true);
    }
  },
);

test("no token writes to the platform's repository", () => {
  const tokens = files.flatMap(([, , { jobs }]) =>
    Object.values(jobs).flatMap(({ steps = [] }) => steps.filter(({ uses }) => uses?.startsWith("actions/create-github-app-token@"))),
  );
  const writing = tokens.filter(({ with: rights }) => JSON.stringify(rights).includes('"write"'));
  expect(writing.map(({ with: rights }) => rights?.repositories)).toEqual([undefined]);
  // Nor could it: its app is another one.
  expect(writing.map(({ with: rights }) => JSON.stringify(rights).includes("READER"))).toEqual([false]);
  expect(tokens.filter((token) => !writing.includes(token)).map(({ with: rights }) => JSON.stringify(rights).includes("BOT"))).toEqual([
    false,
    false,
  ]);
});

test("what can be promoted to is every environment but the first", () => {
  const [, ...others] = read<{ environments: string[] }>("config/promotion.yaml").environments;
  const promote = parse(readFileSync(join(folder, "promote.yaml"), "utf8"));
  expect(promote.on.workflow_dispatch.inputs.environment.options).toEqual(others);
});
