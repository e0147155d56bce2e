/** Rules of the house about source files (design: dependencies point one way; one idea per file). */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, test } from "@jest/globals";

const root = resolve(import.meta.dirname, "../..");

/** Folders from the lowest layer to the highest; those of one layer do not know each other. */
const layers: readonly (readonly string[])[] = [
  ["environments"],
  ["modules"],
  ["stacks"],
  ["rehearsal", "review"],
  ["operations"],
  ["cli"],
];
const rank = (folder: string) => layers.findIndex((layer) => layer.includes(folder));

interface Source {
  readonly path: string;
  readonly text: string;
}

function sourcesOf(folder: string): Source[] {
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map(({ parentPath, name }) => ({ path: relative(root, join(parentPath, name)), text: readFileSync(join(parentPath, name), "utf8") }));
}

const present = readdirSync(root);
const sources = layers
  .flat()
  .filter((folder) => present.includes(folder))
  .flatMap(sourcesOf);

function importsOf({ text }: Source): string[] {
  return [...text.matchAll(/^(?:import|export)\b[^;]*?\bfrom\s+"([^"]+)"|\bimport\("([^"]+)"\)/gm)].map(
    ([, from, dynamic]) => from ?? dynamic ?? "",
  );
}

/** Whether a file may import another: the same folder, or a lower layer. */
function mayImport(from: string, to: string): boolean {
  const [own = "", other = ""] = [from, to].map((path) => path.split("/")[0]);
  return own === other || (rank(other) >= 0 && rank(other) < rank(own));
}

function offences(rule: (source: Source) => readonly string[]): string[] {
  return sources.flatMap((source) => rule(source).map((found) => `${source.path}: ${found}`));
}

/** Code without comments, so that a docstring may name what it is about. */
const code = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm, "$1");

describe("layers", () => {
  test.each([
    ["cli/synth.ts", "stacks/synth.ts", true],
    ["stacks/network.ts", "modules/network/vpc.ts", true],
    ["modules/network/vpc.ts", "environments/schema.ts", true],
    ["modules/network/vpc.ts", "stacks/network.ts", false],
    ["rehearsal/run.ts", "review/report.ts", false],
    ["environments/schema.ts", "modules/naming.ts", false],
    ["stacks/network.ts", "test/support/synth.ts", false],
  ])("%s may import %s: %s", (from, to, expected) => expect(mayImport(from, to)).toBe(expected));

  test("imports point one way", () => {
    expect(
      offences((source) =>
        importsOf(source)
          .filter((imported) => imported.startsWith("."))
          .map((imported) => relative(root, resolve(root, dirname(source.path), imported)))
          .filter((target) => !mayImport(source.path, target)),
      ),
    ).toEqual([]);
  });
});

describe("source files", () => {
  test("import bindings one by one: an index costs seconds at every synth", () => {
    expect(offences((source) => importsOf(source).filter((name) => /^@cdktf\/provider-[a-z]+(\/lib)?(\/index\.js)?$/.test(name)))).toEqual(
      [],
    );
  });

  test("leave printing, exiting and the environment to cli/", () => {
    const io = /\bconsole\.\w+\(|\bprocess\.(env|exit|exitCode|stdout|stderr|argv)\b/g;
    // The entry of a child process has arguments and an end of its own; it still neither prints nor reads the environment.
    const ofAnEntry = ["process.argv", "process.exit"];
    const allowed = (path: string) => (path.endsWith("-process.ts") ? ofAnEntry : []);
    expect(
      offences(({ path, text }) => {
        const found = path.startsWith("cli/") ? [] : [...code(text).matchAll(io)].map(([match]) => match);
        return found.filter((match) => !allowed(path).includes(match));
      }),
    ).toEqual([]);
  });

  test("use no aspects: stacks are resolved once, before cdktf would run them", () => {
    expect(offences(({ text }) => code(text).match(/\bAspects\b/g) ?? [])).toEqual([]);
  });

  test("are short: one idea each", () => {
    expect(offences(({ text }) => (text.split("\n").length > 251 ? [`${text.split("\n").length} lines`] : []))).toEqual([]);
  });

  test("are seen by these tests at all", () => {
    expect(sources.map(({ path }) => path)).toContain("stacks/platform-stack.ts");
  });
});
