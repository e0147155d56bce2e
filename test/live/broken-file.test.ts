/** The program itself on a broken file, in a copy of the workspace. */
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "@jest/globals";
import { execaSync } from "execa";

const root = fileURLToPath(new URL("../..", import.meta.url));
const copy = mkdtempSync(join(tmpdir(), "mainline-broken-"));
afterAll(() => rmSync(copy, { recursive: true }));

test("a broken file is told in plain words, and nothing is written", () => {
  for (const part of ["main.ts", "package.json", "tsconfig.json", "environments", "stacks", "modules"]) {
    cpSync(join(root, part), join(copy, part), { recursive: true });
  }
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  writeFileSync(join(copy, "environments/dev.ts"), 'export default { name: "dev", profile: "developement", account: 111122223333 };\n');
  const before = readdirSync(copy);

  const { exitCode, stdout, stderr } = execaSync({ cwd: copy, reject: false })`${process.execPath} --import tsx main.ts`;

  expect(exitCode).toBe(1);
  expect(stdout).toBe("");
  expect(stderr).toMatch(/^environments\/dev\.ts has 5 problems:\n/);
  expect(stderr).toContain('Did you mean "development"?');
  expect(stderr).toMatch(/\nNothing was written\.$/);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(readdirSync(copy)).toEqual(before);
});
