/** What works with Terraform works with OpenTofu. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { execaSync } from "execa";
import { patience, rehearsed, root } from "./command.ts";

const shared = join(root, "../shared/tofu");
const archive = existsSync(shared) ? readdirSync(shared).find((name) => name.endsWith(`-${process.platform}-amd64.tar.xz`)) : undefined;

(archive ? describe : describe.skip)(`OpenTofu${archive ? "" : " (skipped: no ../shared/tofu for this system)"}`, () => {
  const folder = mkdtempSync(join(tmpdir(), "mainline-tofu-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  test(
    "applies, plans again and destroys state and network of dev",
    async () => {
      execaSync("tar", ["-xJf", join(shared, archive ?? ""), "-C", folder]);
      const { code, failure, terraform, stacks } = await rehearsed("dev", "--only", "network", "--terraform", join(folder, "tofu"));
      expect({ code, failure, terraform }).toEqual({ code: 0, failure: undefined, terraform: expect.stringMatching(/^OpenTofu 1\./) });
      expect(stacks.map(({ outcome, destroyed }) => ({ outcome, destroyed }))).toEqual([
        { outcome: "applied", destroyed: true },
        { outcome: "applied", destroyed: true },
      ]);
    },
    patience,
  );
});
