/** Pages lead where they say, and say the same in both languages. */
import { expect, test } from "@jest/globals";
import { deadLinks, pages, read, shapeOf } from "./pages.ts";

test.each(pages)("every link of %s within this repository leads somewhere", (page) => {
  expect(deadLinks(page)).toEqual([]);
});

/** Pages in English only, each with its reason. */
const englishOnly: ReadonlyMap<RegExp, string> = new Map([
  [/^docs\/adr\//, "decisions: read by those who change the code"],
  [/^docs\/addons\//, "written by `npm run golden`"],
  [/^docs\/(environments|guardrails)\.md$/, "written by `npm run golden`, from the schema's and the rules' own words"],
  [/^docs\/dependencies\.md$/, "a list of names and versions"],
  [/^(CONTRIBUTING|CHANGELOG)\.md$/, "history and code are in English"],
]);

const korean = (page: string) => (page.startsWith("docs/") ? page.replace("docs/", "docs/ko/") : page.replace(/\.md$/, ".ko.md"));
const translated = pages
  .filter((page) => !page.startsWith("docs/ko/") && !page.endsWith(".ko.md"))
  .filter((page) => ![...englishOnly.keys()].some((pattern) => pattern.test(page)));

test("what is in English only is still there", () => {
  expect([...englishOnly.keys()].filter((pattern) => !pages.some((page) => pattern.test(page)))).toEqual([]);
});

test("every Korean page has its English one", () => {
  const both = translated.map(korean);
  expect(pages.filter((page) => page.startsWith("docs/ko/") || page.endsWith(".ko.md")).filter((page) => !both.includes(page))).toEqual([]);
});

test.each(translated)("%s is in Korean as well: the same sections, tables and commands, and each names the other", (page) => {
  const twin = korean(page);
  expect(pages).toContain(twin);
  expect(shapeOf(twin)).toEqual(shapeOf(page));
  expect(read(page)).toContain(`(${twin.replace(/^docs\//, "")})`);
  expect(read(twin)).toContain(`(${page.replace(/^docs\//, "../")})`);
});

test.each(translated.map(korean))("%s leads to Korean pages where there are any, but for its own English one", (page) => {
  const own = page.replace(/^docs\/ko\//, "").replace(/\.ko\.md$/, ".md");
  const english = translated.map((path) => path.replace(/^docs\//, "")).filter((name) => name !== own);
  const prefix = page.startsWith("docs/") ? "../" : "docs/";
  expect(english.filter((name) => new RegExp(`\\(${prefix}${name}[)#]`).test(read(page)))).toEqual([]);
});
