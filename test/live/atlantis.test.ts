/** `mainline atlantis` as a hook runs it: this workspace, a pull request over several environments, then one that cannot be synthesized. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { parse } from "yaml";
import type { AtlantisConfig } from "../../operations/atlantis/config.ts";
import { documented } from "../operations/atlantis/documented.ts";
import { type Checkout, canCheckOut, checkout } from "./checkout.ts";
import { type Ended, patience } from "./command.ts";

jest.setTimeout(patience);
const can = canCheckOut();

(can ? describe : describe.skip)(`mainline atlantis${can ? "" : " (skipped: this is no git checkout)"}`, () => {
  let copy: Checkout;
  const file = (path: string) => join(copy.path, path);
  const edit = (path: string, from: string, to: string) => {
    const text = readFileSync(file(path), "utf8");
    if (!text.includes(from)) throw new Error(`${path} has no ${from}`);
    writeFileSync(file(path), text.replace(from, to));
  };
  /** Only what Atlantis's server lets through to the hook. */
  const hook = (...args: readonly string[]): Promise<Ended> =>
    copy.mainline({ PATH: process.env.PATH, HOME: copy.path }, "atlantis", ...args).ended;
  const written = (): AtlantisConfig => documented.parse(parse(readFileSync(file("atlantis.yaml"), "utf8"))) as AtlantisConfig;
  const groups = () => written().projects.map(({ name, execution_order_group }) => [name, execution_order_group]);

  beforeAll(() => {
    copy = checkout();
  });
  afterAll(() => copy.remove());

  test("nothing changed: an empty list", async () => {
    const { code, out } = await hook("--base", "main");
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining("No stack is affected") });
    expect(groups()).toEqual([]);
  });

  test("a change of two environments: by environment, then by what they need; each folder is there to be planned in", async () => {
    edit("environments/dev.ts", 'seoul: ["203.0.113.0/24"]', 'seoul: ["203.0.113.0/25"]');
    edit("environments/prod.ts", 'seoul: ["203.0.113.0/24"]', 'seoul: ["203.0.113.0/25"]');
    expect((await hook("--base", "main")).code).toBe(0);
    expect(groups()).toEqual([
      ["dev-network", 101],
      ["prod-network", 301],
    ]);
    for (const { dir } of written().projects) expect(existsSync(file(`${dir}/cdk.tf.json`))).toBe(true);
  });

  test("an Atlantis of one environment gets its own stacks only, by the base branch that its server names; a plan of the same stack stays", async () => {
    const plan = file("cdktf.out/atlantis/dev-network/dev-network-default.tfplan");
    writeFileSync(plan, "waits for its apply");
    copy.git("update-ref", "refs/remotes/origin/main", "main");
    const { code } = await copy.mainline(
      { PATH: process.env.PATH, HOME: copy.path, BASE_BRANCH_NAME: "main" },
      "atlantis",
      "--environment",
      "dev",
    ).ended;
    expect({ code, groups: groups(), plan: existsSync(plan) }).toEqual({ code: 0, groups: [["dev-network", 101]], plan: true });
    expect(existsSync(file("cdktf.out/atlantis/prod-network"))).toBe(false);
  });

  test("a stack that is gone from the code has a configuration that destroys it", async () => {
    edit("environments/staging.ts", "ci: {", "// ci: {");
    expect((await hook("--base", "main", "--environment", "staging")).code).toBe(0);
    expect(groups().map(([name]) => name)).toEqual(["staging-ci"]);
    const json = JSON.parse(readFileSync(file(`${written().projects[0]?.dir}/cdk.tf.json`), "utf8"));
    expect(Object.keys(json).sort()).toEqual(["provider", "terraform"]);
  });

  test("a synth that fails: exit 1 and why, an empty list, and nothing of the last run to plan in", async () => {
    edit("environments/dev.ts", 'account: "111122223333"', 'account: "mine"');
    const { code, err } = await hook("--base", "main");
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining("environments/dev.ts") });
    expect(groups()).toEqual([]);
    expect(existsSync(file("cdktf.out/atlantis"))).toBe(false);
  });
});
