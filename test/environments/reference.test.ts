import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { addressPlan, tiers } from "../../environments/address-plan.ts";
import { settings, withReference } from "../../environments/reference.ts";

const file = new URL("../../docs/environments.md", import.meta.url);

test("every field of the schema says what it is", () => {
  expect(settings().filter(({ description }) => description.length < 10)).toEqual([]);
  // The whole schema was walked, into records and lists.
  const paths = settings().map(({ path }) => path);
  expect(paths).toEqual(
    expect.arrayContaining(["waivers[].until", "network.peerings.<name>.cidr", "cluster.nodes.<name>.taints[].effect"]),
  );
});

test("the reference of settings is current; `npm run golden` writes it", () => {
  const page = readFileSync(file, "utf8");
  if (process.env.UPDATE_GOLDEN === "1") writeFileSync(file, withReference(page));
  else expect(page).toBe(withReference(page));
});

test("the page's table of addresses is the plan's", () => {
  const page = readFileSync(file, "utf8");
  const plan = addressPlan({ cidr: "10.10.0.0/16" });
  for (const tier of tiers.filter(plan.has)) {
    const row = ["apne2-az1", "apne2-az2", "apne2-az3", "apne2-az4"].map((zone) => plan.block(tier, zone)).join(" | ");
    expect(page).toContain(row);
  }
});

test("a page without its markers is refused", () => {
  expect(() => withReference("# Environments\n")).toThrow("put them back");
});
