/** CircleCI's configuration: who gets secrets, what comes before what. Its form is checked by its schema in test/live/delivery-lint.test.ts. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { parse } from "yaml";
import { root } from "./workflows.ts";

interface Entry {
  readonly type?: string;
  readonly requires?: readonly string[];
  readonly context?: readonly string[];
  readonly filters?: { readonly branches?: { readonly only?: string } };
}

const config = parse(readFileSync(join(root, "delivery/circleci/config.yml"), "utf8")) as {
  readonly executors: Readonly<Record<string, { readonly docker: readonly { readonly image: string }[] }>>;
  readonly jobs: Readonly<Record<string, { readonly steps: readonly (string | Readonly<Record<string, unknown>>)[] }>>;
  readonly workflows: { readonly service: { readonly jobs: readonly (string | Readonly<Record<string, Entry>>)[] } };
};

const entries = Object.fromEntries(
  config.workflows.service.jobs.map((job) => (typeof job === "string" ? [job, {}] : (Object.entries(job)[0] ?? []))),
) as Readonly<Record<string, Entry>>;

const steps = (job: string) => config.jobs[job]?.steps.map((step) => (typeof step === "string" ? step : Object.keys(step)[0]));

test("build, image, approval, config repository: one after the other", () => {
  expect(Object.entries(entries).map(([name, { requires }]) => [name, requires])).toEqual([
    ["build", undefined],
    ["image", ["build"]],
    ["approve", ["image"]],
    ["bump", ["approve"]],
  ]);
  expect(entries.approve?.type).toBe("approval");
});

test("code of a pull request meets no secret and no role; what has a role runs no such code", () => {
  expect(entries.build?.context).toBeUndefined();
  for (const [name, { context, filters }] of Object.entries(entries)) {
    if (context) expect({ name, only: filters?.branches?.only }).toEqual({ name, only: "main" });
  }
  expect(steps("image")).not.toContain("checkout");
  expect(steps("bump")).not.toContain("checkout");
});

test("a job that pushes tells its result, good or bad, as its last step", () => {
  expect(["image", "bump"].map((job) => steps(job)?.at(-1))).toEqual(["tell", "tell"]);
});

test("every machine has a version", () => {
  const images = Object.values(config.executors).flatMap(({ docker }) => docker.map(({ image }) => image));
  expect(images.filter((image) => !/:\d{4}\.\d\d$/.test(image))).toEqual([]);
});
