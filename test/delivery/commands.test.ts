/** What pipelines call exists, with the options that they use: commands of this workspace, and scripts that are not in this folder. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { createColors } from "picocolors";
import { main } from "../../cli/main.ts";
import { root, workflows } from "./workflows.ts";

const read = (path: string) => readFileSync(join(root, path), "utf8");
const below = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(join(root, path)).isFile());

/** Text of everything that runs in a CI, with folded lines as one. */
const texts = [
  ...workflows.map(({ text }) => text),
  ...["delivery/platform", "delivery/circleci", "delivery/jenkins"].flatMap(below).map(read),
].map((text) => text.replaceAll(/\\?\n\s+(?=--|")/g, " "));

/** Options that stand behind a command on its line, by command. */
function optionsAfter(command: RegExp): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const [, name = "", words = ""] of texts.flatMap((text) => [...text.matchAll(command)])) {
    const options = found.get(name) ?? new Set();
    // What comes after a pipe or another command is not its own.
    for (const [option] of (words.split(/\|\||>|&&|;/)[0] ?? "").matchAll(/--[a-z-]+/g)) options.add(option);
    found.set(name, options);
  }
  return found;
}

const calls = [...optionsAfter(/(?:mainline\.js|\$mainline) ([a-z]+)([^\n]*)/g)].map(([name, options]) => [name, [...options]] as const);

test("the commands that pipelines use", () => {
  expect(calls.map(([name]) => name).sort()).toEqual(["affected", "drift", "plan", "rehearse", "review"]);
});

test.each(calls)("mainline %s knows %j", async (command, options) => {
  const out: string[] = [];
  const { signal } = new AbortController();
  const io = {
    out: (line: string) => out.push(line),
    err: () => {},
    env: {},
    root,
    colors: createColors(false),
    interrupts: { first: signal, second: signal },
  };
  expect(await main([command, "--help"], io)).toBe(0);
  const known = new Set(out.join("\n").match(/--[a-z-]+/g));
  expect(options.filter((option) => !known.has(option))).toEqual([]);
  expect(options.length).toBeGreaterThan(0);
});

test("the image is written into the config repository by all three in the words of bump-image", () => {
  const used = optionsAfter(/(bump-image) ("[^\n]*)/g).get("bump-image") ?? new Set();
  expect([...used].sort()).toEqual(["--digest", "--note", "--repository"]);
  for (const option of used) expect(read("gitops/bin/bump-image")).toMatch(new RegExp(`${option}[ )]`));
});

test("every script that a pipeline calls is there and may be run", () => {
  const named = texts.flatMap((text) =>
    [...text.matchAll(/\b((?:delivery\/(?:bin|platform)|gitops\/bin)\/[a-z][a-z-]+[a-z](?:\.mjs)?)\b/g)].map(([, path = ""]) => path),
  );
  const scripts = [...new Set(named)];
  expect(scripts).toEqual(expect.arrayContaining(["delivery/bin/push-image", "delivery/platform/apply-reviewed", "gitops/bin/bump-image"]));
  expect(scripts.filter((path) => (statSync(join(root, path)).mode & 0o111) === 0)).toEqual([]);
});
