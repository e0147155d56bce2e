/** Commands that pages tell exist, with the options that they tell. */
import { expect, test } from "@jest/globals";
import { createColors } from "picocolors";
import { main } from "../../cli/main.ts";
import { codeOf, pages, read, root } from "./pages.ts";

const code = pages.map((page) => ({ page, lines: codeOf(read(page)).flatMap((text) => text.split("\n")) }));

/** Per command: option and page, of every line that calls it. What comes after a pipe, a comment or another command is not its own. */
function told(): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { page, lines } of code)
    for (const [, command = "", words = ""] of lines.flatMap((line) => [
      ...line.matchAll(/(?:^|[\s/])mainline(?:\.js)? ([a-z]+)([^|>&;#]*)/g),
    ])) {
      const options = found.get(command) ?? new Set();
      for (const [option] of words.matchAll(/(?<=\s|\[)--[a-z-]+/g)) options.add(`${option} of ${page}`);
      found.set(command, options);
    }
  return found;
}

const scripts: Readonly<Record<string, string>> = JSON.parse(read("package.json")).scripts;

async function help(command: string): Promise<string> {
  const out: string[] = [];
  const { signal } = new AbortController();
  const interrupts = { first: signal, second: signal };
  const io = { out: (line: string) => out.push(line), err: () => {}, env: {}, root, colors: createColors(false), interrupts };
  expect(await main([...command.split(" "), "--help"].filter(Boolean), io)).toBe(0);
  return out.join("\n");
}

test.each([...told()].map(([command, options]) => [command, [...options]] as const))(
  "mainline %s, as pages tell it",
  async (command, options) => {
    expect(await help("")).toMatch(new RegExp(`^ {2}${command} `, "m"));
    const known = new Set((await help(command)).match(/--[a-z-]+/g));
    expect(options.filter((option) => !known.has(option.split(" ")[0] ?? ""))).toEqual([]);
  },
);

test("both READMEs name every command", async () => {
  const commands = [...(await help("")).matchAll(/^ {2}([a-z]+) \[options\]/gm)].map(([, name = ""]) => name);
  expect(commands.length).toBeGreaterThan(0);
  for (const page of ["README.md", "README.ko.md"]) expect(commands.filter((name) => !read(page).includes(`\`${name}\``))).toEqual([]);
});

test("scripts that pages tell are in package.json", () => {
  const names = code.flatMap(({ page, lines }) =>
    lines.flatMap((line) => [...line.matchAll(/\bnpm run (?:-s |--silent )?([a-z:-]+)/g)]).map(([, name = ""]) => ({ page, name })),
  );
  expect(names.length).toBeGreaterThan(0);
  expect(names.filter(({ name }) => !(name in scripts))).toEqual([]);
});

test.each(["README.md", "README.ko.md"])("the finding that %s shows is told in these words", (page) => {
  const [, shown = ""] = /^```\n(blocked .*?)^```/ms.exec(read(page)) ?? [];
  expect(shown).not.toBe("");
  expect(read("test/golden/review/busy.txt")).toContain(shown);
});
