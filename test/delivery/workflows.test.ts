/** What holds for every workflow: pinned actions, few rights, nothing from outside in a script. */
import { expect, test } from "@jest/globals";
import { actions, jobs, steps, workflows } from "./workflows.ts";

const texts = [...workflows, ...actions];

test.each(texts.map(({ path, text }) => [path, text] as const))(
  "%s: every action of others is a commit, with its version beside it",
  (_, text) => {
    const uses = [...text.matchAll(/^\s*(?:- )?uses: (.*)$/gm)].map(([, line = ""]) => line).filter((line) => !line.startsWith("./"));
    expect(uses.filter((line) => !/^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  },
);

test("one action has one version everywhere", () => {
  const pins = texts.flatMap(({ text }) =>
    [...text.matchAll(/uses: ([\w./-]+)@(\S+ # \S+)/g)].map(([, name = "", at = ""]) => `${name}@${at}`),
  );
  const names = [...new Set(pins)].map((pin) => pin.split("@")[0]);
  expect(pins.length).toBeGreaterThan(10);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test.each(workflows.map(({ path, content }) => [path, content] as const))(
  "%s says its rights, and gives none to write to all of its jobs",
  (_, content) => {
    expect(content.permissions).toBeDefined();
    const { permissions } = content;
    expect(typeof permissions === "string" ? [permissions] : Object.values(permissions ?? {})).not.toContainEqual(
      expect.stringContaining("write"),
    );
  },
);

test.each(workflows.map(({ path, content }) => [path, content] as const))(
  "%s is not started with the base's rights for code of a fork",
  (_, content) => {
    expect(Object.keys(content.on)).not.toContain("pull_request_target");
    expect(Object.keys(content.on)).not.toContain("workflow_run");
  },
);

test("nothing that people write stands in a script: it comes by the environment", () => {
  expect(steps.filter(({ step }) => step.run?.includes("${{")).map(({ at }) => at)).toEqual([]);
});

test("no checkout leaves its token behind in the workspace", () => {
  const keeping = steps.filter(({ step }) => step.uses?.startsWith("actions/checkout@") && step.with?.["persist-credentials"] !== false);
  expect(keeping.map(({ at }) => at)).toEqual([]);
});

test("every job ends by itself", () => {
  expect(jobs.filter(({ job }) => job.uses === undefined && job["timeout-minutes"] === undefined).map(({ at }) => at)).toEqual([]);
});

test("a job that gets a role of AWS in a pull request is not for forks", () => {
  const rights = ({ permissions }: { permissions?: unknown }) => JSON.stringify(permissions ?? {});
  const risky = jobs.filter(
    ({ job, content }) => ("pull_request" in content.on || "workflow_call" in content.on) && rights(job).includes('"write"'),
  );
  const guarded = /github\.event_name != 'pull_request'|head\.repo\.full_name == github\.repository/;
  expect(risky.length).toBeGreaterThan(0);
  // What calls a reusable workflow hands its rights on; that one's jobs are held to the rule.
  expect(risky.filter(({ job }) => job.uses === undefined && !guarded.test(job.if ?? "")).map(({ at }) => at)).toEqual([]);
});

test("the app that reads the platform's repository is not the one that writes to others: an app has the same permissions wherever it is", () => {
  const asked = steps.flatMap(({ step }) => (step.uses?.startsWith("actions/create-github-app-token@") ? [step.with ?? {}] : []));
  const kinds = asked.map((words) =>
    [words["client-id"], words["private-key"], words.repositories, words["permission-contents"]].join(" "),
  );
  const of = (...words: readonly string[]) => words.map((word) => `\${{ ${word} }}`).join(" ");
  expect([...new Set(kinds)].sort()).toEqual([
    `${of("inputs.bot-id", "secrets.bot-key", "inputs.config-repository")} write`,
    `${of("inputs.reader-id", "secrets.reader-key", "inputs.platform")} read`,
  ]);
});
