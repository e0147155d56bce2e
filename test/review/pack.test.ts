/** Long reviews in several comments: within GitHub's limit, nothing that counts is lost, what is cut is said. */
import { describe, expect, test } from "@jest/globals";
import { review } from "../../review/index.ts";
import { githubLimits, pack, type Section } from "../../review/render/markdown/pack.ts";
import { markdown } from "../../review/render/markdown.ts";
import { created, deleted, plan, updated } from "./plans.ts";
import { policy } from "./scenes.ts";

const section = (title: string, items: readonly string[], parts: Partial<Section> = {}): Section => ({
  title,
  items,
  kept: false,
  folded: true,
  ...parts,
});
const items = (count: number, prefix: string) => Array.from({ length: count }, (_, index) => `${prefix}${index}: ${"x".repeat(80)}`);
const limits = { characters: 2_000, parts: 2 };

describe("packing", () => {
  test("what fits is one comment", () => {
    expect(pack("head\n\n", [section("A", ["one", "two"]), section("B", ["three"], { folded: false })], limits)).toEqual([
      "head\n\n<details><summary>A (2)</summary>\n\none\n\ntwo\n\n</details>\n\n### B (1)\n\nthree\n",
    ]);
  });

  test("what may not be cut takes as many comments as it needs, each opened and closed by itself", () => {
    const all = items(40, "destroy ");
    const parts = pack("head\n\n", [section("Destroyed", all, { kept: true })], limits);
    expect(parts.length).toBeGreaterThan(limits.parts);
    for (const part of parts) {
      expect(part.length).toBeLessThanOrEqual(limits.characters);
      expect(part.match(/<details>/g)).toHaveLength(1);
      expect(part.match(/<\/details>/g)).toHaveLength(1);
    }
    expect(all.filter((item) => !parts.join("").includes(item))).toEqual([]);
    expect(parts[1]).toContain("<summary>Destroyed (40), continued</summary>");
  });

  test("the rest is cut, counted, and said where it is", () => {
    const parts = pack("head\n\n", [section("Destroyed", items(5, "d"), { kept: true }), section("Created", items(100, "c"))], limits);
    const text = parts.join("");
    const shown = text.match(/^c\d+:/gm)?.length ?? 0;
    expect(parts).toHaveLength(2);
    expect(shown).toBeGreaterThan(0);
    expect(text).toContain(`**Cut for length:** ${100 - shown} of "Created"`);
    expect(text).toContain("mainline review --html");
  });

  test("what may not be cut comes also after what was cut", () => {
    const parts = pack("", [section("Created", items(100, "c")), section("Destroyed", items(30, "d"), { kept: true })], limits);
    expect(parts.join("").match(/^d\d+:/gm)).toHaveLength(30);
  });

  test("nothing is nothing", () => expect(pack("", [], limits)).toEqual([]));
});

test("two thousand changes and sixty destroys: every destroy is there, in comments that GitHub takes", () => {
  const changes = [
    ...Array.from({ length: 60 }, (_, index) => deleted(`aws_eip.address_${index}`, { id: `eipalloc-${index}` })),
    ...Array.from({ length: 1_000 }, (_, index) => updated(`aws_y.update_${index}`, { text: "a".repeat(100) }, { text: "b".repeat(100) })),
    ...Array.from({ length: 1_000 }, (_, index) => created(`aws_z.create_${index}`, {})),
  ];
  const parts = markdown(review([plan({ stack: "prod-network", changes })], policy));
  const text = parts.join("");
  for (const part of parts) expect(part.length).toBeLessThanOrEqual(githubLimits.characters - 100);
  expect(parts.at(-1)).toContain(`Part ${parts.length} of ${parts.length}.`);
  expect(new Set(text.match(/aws_eip\.address_\d+(?=` is destroyed, in)/g)).size).toBe(60);
  expect(new Set(text.match(/- `aws_eip\.address_\d+`/g)).size).toBe(60);
  for (const [title, address] of [
    ["Updated in place", "update_"],
    ["Created", "create_"],
  ]) {
    const cut = Number(new RegExp(`(\\d+) of "${title}"`).exec(text)?.[1]);
    const shown = new Set(text.match(new RegExp(`- \`aws_[yz]\\.${address}\\d+\``, "g"))).size;
    expect([cut > 0, cut + shown]).toEqual([true, 1_000]);
  }
});

test("one finding with endless details does not push out the others", () => {
  const name = "n".repeat(70_000);
  const parts = markdown(
    review([plan({ stack: "prod-network", changes: [deleted(`aws_eip.${name}`, {}), deleted("aws_vpc.main", {})] })], policy),
  );
  expect(parts).toHaveLength(1);
  expect(parts[0]).toContain("`aws_vpc.main` is destroyed");
});
