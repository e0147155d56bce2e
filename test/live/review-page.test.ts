/** The page of a review in a real browser: it reads well, loads nothing, runs nothing, in light and dark, on a phone. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, jest, test } from "@jest/globals";
import { execa } from "execa";
import { html } from "../../review/render/html.ts";
import { hostileNames, hostileReview } from "../review/hostile.ts";
import { busy } from "../review/scenes.ts";

const found = await Promise.all(
  ["chromium", "chromium-browser", "google-chrome"].map(async (name) =>
    (await execa(name, ["--version"], { reject: false })).failed ? [] : [name],
  ),
);
const [browser] = found.flat();
// A cold browser on a busy machine.
jest.setTimeout(120_000);
const folder = mkdtempSync(join(tmpdir(), "mainline-page-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What the browser makes of a page, and what it complains of. */
async function shown(page: string, ...flags: readonly string[]): Promise<{ dom: string; complaints: string }> {
  const file = join(folder, "page.html");
  writeFileSync(file, page);
  const fixed = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--enable-logging=stderr",
    "--v=0",
    `--user-data-dir=${join(folder, "profile")}`,
    "--dump-dom",
  ];
  const { stdout, stderr } = await execa(browser ?? "", [...fixed, ...flags, `file://${file}`], { timeout: 60_000 });
  return {
    dom: stdout,
    complaints: stderr
      .split("\n")
      .filter((line) => line.includes("CONSOLE"))
      .join("\n"),
  };
}

/** A script of the test's own, which the page's policy would refuse: it writes what it measures into the title. */
function measuring(page: string, expression: string): string {
  return page.replace(/<meta http-equiv[^>]*>/, "").replace("</body>", `<script>document.title = String(${expression})</script></body>`);
}
const titleOf = ({ dom }: { dom: string }) => /<title>([^<]*)<\/title>/.exec(dom)?.[1];

(browser === undefined ? describe.skip : describe)(`in ${browser ?? "a browser, which is not installed (chromium)"}`, () => {
  test("nothing is refused by its own policy, and all sections are there", async () => {
    const { dom, complaints } = await shown(html(busy));
    expect(complaints).toBe("");
    for (const title of ["Who approves", "Findings", "Destroyed", "Replaced", "Cost", "Not the same in every environment"])
      expect(dom).toContain(title);
  });

  test("it fits a phone: only the matrix scrolls", async () => {
    const page = measuring(html(busy), "document.documentElement.scrollWidth - document.documentElement.clientWidth");
    expect(titleOf(await shown(page, "--window-size=500,800"))).toBe("0");
  });

  test.each(["light", "dark"])("texts stand out from their ground (WCAG 2.2, 4.5 to 1), %s", async (scheme) => {
    const luminance =
      "(c) => c.map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4).reduce((s, v, i) => s + v * [0.2126, 0.7152, 0.0722][i], 0)";
    const numbers = "(text) => text.match(/[\\d.]+/g).map(Number)";
    const ground =
      "(e) => { for (let n = e; n; n = n.parentElement) { const c = numbers(getComputedStyle(n).backgroundColor); if (c.length < 4 || c[3] > 0) return c.slice(0, 3); } return [255, 255, 255]; }";
    const ratio =
      "(e) => { const [a, b] = [luminance(numbers(getComputedStyle(e).color).slice(0, 3)), luminance(ground(e))].sort((x, y) => y - x); return (a + 0.05) / (b + 0.05); }";
    const least = `(() => { const luminance = ${luminance}; const numbers = ${numbers}; const ground = ${ground}; const ratio = ${ratio}; return Math.min(...[...document.querySelectorAll("main *")].filter((e) => e.textContent.trim() !== "").map(ratio)) >= 4.5; })()`;
    const page = measuring(html(busy).replace("color-scheme: light dark;", `color-scheme: only ${scheme};`), least);
    expect(titleOf(await shown(page))).toBe("true");
  });

  test("names that want to act do nothing", async () => {
    const name = Object.values(hostileNames).join(" ");
    const { dom, complaints } = await shown(html(hostileReview(name)));
    expect(complaints).toBe("");
    expect(dom).not.toMatch(/<(script|img|a|iframe)\b/i);
  });
});
