/** docs/addons/<id>.md is what the catalogue says; `npm run golden` writes it. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { settings } from "../../../environments/reference.ts";
import type { AddonId } from "../../../environments/schema/addons.ts";
import { catalogue } from "../../../modules/addons/catalogue/index.ts";
import { cataloguePage } from "../../../modules/addons/catalogue-page.ts";
import { plannedAddon } from "../../../modules/addons/plan.ts";
import { addonIds, companions, examplesOf, surroundingsOf } from "../../support/addons.ts";

const folder = join(import.meta.dirname, "../../../docs/addons");
const all = settings();

function pageOf(id: AddonId): string {
  const chosen = { ...companions(id), [id]: examplesOf(id).at(-1) };
  const { identities: _i, aws: _a, values: _v, resources: _r, workloads: _w, quotas: _q, alerts: _l, ...row } = catalogue[id];
  const prefix = `addons.${id}.`;
  return cataloguePage({
    row,
    development: plannedAddon(id, surroundingsOf(chosen, { profile: "development" })),
    production: plannedAddon(id, surroundingsOf(chosen, { profile: "production" })),
    options: all.filter(({ path }) => path.startsWith(prefix)).map((setting) => ({ ...setting, path: setting.path.slice(prefix.length) })),
    examples: examplesOf(id),
  });
}

describe("docs/addons is current; `npm run golden` writes it", () => {
  test.each(addonIds)("%s", (id) => {
    const file = join(folder, `${id}.md`);
    if (process.env.UPDATE_GOLDEN === "1") writeFileSync(file, pageOf(id));
    expect(existsSync(file) ? readFileSync(file, "utf8") : "").toBe(pageOf(id));
  });

  test("no page is left of an add-on that is gone", () => {
    const pages = readdirSync(folder).filter((name) => name !== "README.md");
    expect(pages.sort()).toEqual(addonIds.map((id) => `${id}.md`).sort());
  });
});
