/** A configuration repository's own checks, for real: values by `helm lint`, workflows by actionlint. */
import { appendFileSync, cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, jest, test } from "@jest/globals";
import { root, start } from "./command.ts";
import { actionlint, run } from "./delivery-tools.ts";
import { helm } from "./golden-path.ts";

jest.setTimeout(120_000);

const folder = mkdtempSync(join(tmpdir(), "mainline-config-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const config = join(root, "gitops/config");
const workflow = actionlint();

const check = async (...args: string[]) => start(join(root, "gitops/bin/check-values"), args, { ...process.env, HELM: helm.path }).ended;

(helm.missing ? describe.skip : describe)(`check-values${helm.missing && ` (skipped: ${helm.missing})`}`, () => {
  test("finds nothing in the sample", async () => expect(await check(config)).toEqual({ code: 0, out: "3 right, 0 wrong\n", err: "" }));

  test("tells what is wrong, where, and goes on", async () => {
    const broken = join(folder, "broken");
    cpSync(config, broken, { recursive: true });
    appendFileSync(join(broken, "services/shop-api/values-dev.yaml"), "replica: 3\n");
    appendFileSync(join(broken, "services/shop-api/image-prod.yaml"), "  tga: latest\n");
    const { code, out, err } = await check(broken);
    expect({ code, out }).toEqual({ code: 1, out: "1 right, 2 wrong\n" });
    expect(err).toMatch(/shop-api in dev:\n[\s\S]*'replica' not allowed[\s\S]*shop-api in prod:\n[\s\S]*'tga' not allowed/);
  });

  test.each([
    ["an option", ["--all"], 64, /no option --all/],
    ["a folder without services", [join(root, "docs")], 64, /has no folder services/],
    ["services without an image", [join(root, "gitops")], 1, /no service in .* has an image-<environment>\.yaml/],
  ])("refuses %s", async (_, args, code, message) => {
    expect(await check(...args)).toEqual({ code, out: "", err: expect.stringMatching(message) });
  });
});

(workflow.missing ? describe.skip : describe)(`actionlint${workflow.missing && ` (skipped: ${workflow.missing})`}`, () => {
  test.each(readdirSync(join(config, ".github/workflows")))("finds nothing in %s", (name) => {
    const { out, err } = run(workflow.path, ["-no-color", "-oneline", join(config, ".github/workflows", name)], {});
    expect(out + err).toBe("");
  });
});
