/** What renderers print: as reviewed, the same every time, and inert whatever names are in it. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { createColors } from "picocolors";
import { z } from "zod";
import { review } from "../../review/index.ts";
import { html } from "../../review/render/html.ts";
import { json } from "../../review/render/json.ts";
import { reviewJsonSchema } from "../../review/render/json-form.ts";
import { markdown } from "../../review/render/markdown.ts";
import { terminal } from "../../review/render/terminal.ts";
import { hostileNames, hostileReview } from "./hostile.ts";
import { approved, busy, busyPlans, policy, quiet } from "./scenes.ts";

const plainColors = createColors(false);
const folder = join(import.meta.dirname, "../golden/review");
const schemaFile = join(import.meta.dirname, "../../docs/review.schema.json");

/** Equal to the file; `npm run golden` rewrites it. */
function expectGolden(file: string, text: string) {
  if (process.env.UPDATE_GOLDEN === "1") {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, text);
  }
  expect(existsSync(file) ? readFileSync(file, "utf8") : undefined).toBe(text);
}

describe("as reviewed; if the change is meant, run `npm run golden` and commit", () => {
  test.each([
    ["busy", busy],
    ["approved", approved],
    ["quiet", quiet],
  ])("%s, as a comment", (name, review) => expectGolden(join(folder, `${name}.md`), markdown(review).join("\n")));

  test("as a page", () => expectGolden(join(folder, "busy.html"), html(busy)));
  test("in a terminal", () => expectGolden(join(folder, "busy.txt"), `${terminal(busy, plainColors)}\n`));
  test("as JSON", () => expectGolden(join(folder, "busy.json"), json(busy)));
  test("the schema of the JSON", () => expectGolden(schemaFile, `${JSON.stringify(z.toJSONSchema(reviewJsonSchema), undefined, 2)}\n`));
});

test("the JSON has the documented form, and no other keys", () => {
  const printed: unknown = JSON.parse(json(busy));
  expect(reviewJsonSchema.parse(printed)).toEqual(printed);
});

test("secrets are nowhere", () => {
  const all = [markdown(busy).join(), html(busy), terminal(busy, plainColors), json(busy)].join();
  expect(all).not.toMatch(/old-one|new-one/);
});

/** Elements that a comment may have, with those that GitHub's Markdown makes of ours. */
const inert = /^(p|h2|h3|strong|em|code|pre|ul|ol|li|table|thead|tbody|tr|th|td|details|summary|blockquote|br)$/;

describe.each(Object.entries(hostileNames))("a name with %s acts nowhere", (_, name) => {
  const review = hostileReview(name);
  const comment = markdown(review).join("\n");
  const rendered = micromark(comment, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });

  test("in a comment: only our own elements, without attributes, as many as they should be", () => {
    const tags = [...rendered.matchAll(/<\/?([a-zA-Z!?][^\s>/]*)([^>]*)>/g)];
    expect(tags.filter(([, tag = ""]) => !inert.test(tag)).map(([text]) => text)).toEqual([]);
    expect(
      tags.filter(([, , attributes = ""]) => !/^( align="\w+"| class="language-diff"| \/|)$/.test(attributes)).map(([text]) => text),
    ).toEqual([]);
    const rows = [...rendered.matchAll(/<tr>[\s\S]*?<\/tr>/g)].map(([row]) =>
      [...row.matchAll(/<t[dh][^>]*>([\s\S]*?)<\/t[dh]>/g)].map(([, cell = ""]) => cell),
    );
    expect(rows).toHaveLength(1 + review.rows.length);
    expect(new Set(rows.map((cells) => cells.length)).size).toBe(1);
    expect(rows.map((cells) => cells.at(-1)).sort()).toEqual(["later", "verdict", "⛔ blocked", "⛔ blocked"]);
    expect(rendered.match(/<h2>/g)).toHaveLength(1);
    expect(rendered.match(/<details>/g)?.length).toBe(rendered.match(/<\/details>/g)?.length);
  });

  test("in a comment: no mention, reference or link outside of code", () => {
    const outside = rendered.replace(/<pre>[\s\S]*?<\/pre>|<code>[\s\S]*?<\/code>/g, "").replace(/<[^>]*>/g, "");
    expect(outside).not.toMatch(/@\w|#\d|GH-\d|:\/\/\w|www\.\w/i);
    expect(comment).toMatch(/^## /);
  });

  test("on a page: no element or attribute that is not ours", () => {
    const page = html(review);
    expect(page).not.toMatch(/<(script|img|a|iframe|object|svg|form|input|link|base)\b/i);
    expect(page.match(/<h1>/g)).toHaveLength(1);
    expect(page.match(/<details/g)?.length).toBe(page.match(/<\/details>/g)?.length);
  });

  test("in a terminal and everywhere: every letter can be seen", () => {
    const unseen = /[\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]|(?!\n)\p{Cc}/u;
    expect(terminal(review, plainColors)).not.toMatch(unseen);
    expect(comment).not.toMatch(unseen);
    expect(html(review)).not.toMatch(unseen);
  });

  test("and the JSON has it as it is", () => expect(JSON.parse(json(review)).findings.length).toBe(review.findings.length));
});

test("the same plans give the same bytes, in whatever order they come", () => {
  const [read, again, turned] = [busyPlans, busyPlans, busyPlans.toReversed()].map((plans) => {
    const found = review(plans, policy);
    return [markdown(found), html(found), json(found), terminal(found, plainColors)];
  });
  expect(again).toEqual(read);
  expect(turned).toEqual(read);
});
