/** The same code as a user applies it to a real account: cdktf-cli, against an emulated AWS. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { patience, root, start } from "./command.ts";
import { type KeptWorld, keepWorld } from "./kept-world.ts";

let world: KeptWorld;
const out = mkdtempSync(join(tmpdir(), "mainline-cdktf-"));
const bootstrapFolder = join(root, ".mainline", "bootstrap", "dev");

beforeAll(async () => {
  rmSync(bootstrapFolder, { recursive: true, force: true });
  world = await keepWorld("dev");
  const { code, err } = await start(process.execPath, ["cli/mainline.js", "bootstrap", "dev"], world.env).ended;
  if (code !== 0) throw new Error(err);
}, patience);

afterAll(async () => {
  await world.close();
  for (const folder of [out, bootstrapFolder]) rmSync(folder, { recursive: true, force: true });
});

function cdktf(...args: string[]) {
  const env = { ...world.env, CI: "1", CHECKPOINT_DISABLE: "1", FORCE_COLOR: "0" };
  return start(join(root, "node_modules/.bin/cdktf"), [...args, "--output", out], env).ended;
}

test(
  "cdktf deploy dev-network dev-cluster",
  async () => {
    const { code, out: text, err } = await cdktf("deploy", "dev-network", "dev-cluster", "--auto-approve", "--skip-provider-lock");
    expect({ code, tail: code === 0 ? "" : `${text}${err}`.slice(-3000) }).toEqual({ code: 0, tail: "" });
    expect(text).toMatch(/dev-cluster[\s\S]*Apply complete!/);
    expect(
      readdirSync(join(out, "stacks"))
        .filter((id) => existsSync(join(out, "stacks", id, ".terraform")))
        .sort(),
    ).toEqual(["dev-cluster", "dev-network"]);
  },
  patience,
);

test(
  "cdktf diff dev-cluster sees nothing to do",
  async () => {
    const { code, out: text, err } = await cdktf("diff", "dev-cluster", "--skip-provider-lock");
    expect({ code, said: `${text}${err}`.includes("No changes.") }).toEqual({ code: 0, said: true });
  },
  patience,
);
