/** What is said of environment files that are no TypeScript that runs. Errors as tsx and Node make them. */
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import { unreadable } from "../../cli/environments.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

function errorWith(message: string, stack: string): Error {
  return Object.assign(new Error(message), { stack });
}

test.each([
  [
    "a bracket that is missing",
    errorWith(`Transform failed with 1 error:\n${root}environments/dev.ts:24:13: ERROR: Expected "}" but found ":"`, ""),
    'environments/dev.ts:24:13  Expected "}" but found ":".',
  ],
  [
    "a name that is missing",
    errorWith("taems is not defined", `ReferenceError: taems is not defined\n    at <anonymous> (${root}environments/dev.ts:27:21)`),
    "environments/dev.ts:27:21  taems is not defined.",
  ],
  [
    "a file that is not there",
    errorWith(
      `Cannot find module '${root}environments/dve.ts' imported from ${root}environments/index.ts`,
      "at finalizeResolution (node:internal)",
    ),
    "Cannot find module 'environments/dve.ts' imported from environments/index.ts.",
  ],
])("%s", (_, error, says) => {
  expect(unreadable(error).split("\n")).toEqual([
    "The environment files cannot be read:",
    `  ${says}`,
    "`npm run types` shows more of it. Nothing was written.",
  ]);
});
