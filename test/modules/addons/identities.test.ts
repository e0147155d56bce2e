/** What each add-on's role may do, by simulation: what it needs, and five things that it must not. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { plannedAddon } from "../../../modules/addons/plan.ts";
import { addonIds, companions, examplesOf, surroundingsOf } from "../../support/addons.ts";
import { isAllowed, type Rights } from "../../support/iam.ts";

/** With its largest example, so that every statement is there. */
function identitiesOf(id: (typeof addonIds)[number]) {
  return plannedAddon(id, surroundingsOf({ ...companions(id), [id]: examplesOf(id).at(-1) })).identities;
}

const withRights = addonIds.filter((id) => identitiesOf(id).length > 0);

describe.each(withRights)("%s", (id) => {
  const file = join(import.meta.dirname, "catalogue", `${id}.ts`);

  test("has a file of requests", () => expect(existsSync(file)).toBe(true));

  test("may do what it needs, and not what it must not", async () => {
    const { rights } = (await import(file)) as { readonly rights: Rights };
    const statements = identitiesOf(id).flatMap((identity) => identity.statements);
    const decided = async (requests: Rights["needed"]) =>
      Object.fromEntries(
        await Promise.all(Object.entries(requests).map(async ([title, request]) => [title, await isAllowed(statements, request)] as const)),
      );
    const all = (requests: Rights["needed"], allowed: boolean) =>
      Object.fromEntries(Object.keys(requests).map((title) => [title, allowed]));
    expect(await decided(rights.needed)).toEqual(all(rights.needed, true));
    expect(await decided(rights.forbidden)).toEqual(all(rights.forbidden, false));
    expect(Object.keys(rights.forbidden).length).toBeGreaterThanOrEqual(5);
  });
});
