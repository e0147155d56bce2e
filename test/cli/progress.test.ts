/** Lines of a run's stages, as a log gets them. */
import { expect, test } from "@jest/globals";
import { plainLines } from "../../cli/progress/progress.ts";

test("a stage ends with its own word, a failure and a skip with theirs", () => {
  const lines: string[] = [];
  const { report } = plainLines((line) => lines.push(line.trim().replace(/ {2,}/g, " | ")));
  const stack = (id: string, title: string) => ({ id, title, ending: "applied" });
  report({
    kind: "stages",
    stages: [stack("base/dev-ci", "dev-ci (base)"), stack("dev-ci", "dev-ci"), { id: "destroy", title: "destroyed" }],
  });
  report({ kind: "done", stage: "base/dev-ci", text: "20 resources", seconds: 1 });
  report({ kind: "failed", stage: "dev-ci", text: "no", seconds: 2 });
  report({ kind: "skipped", stage: "dev-ci", text: "needs dev-addons", seconds: 0 });
  report({ kind: "done", stage: "destroy", text: "nothing left", seconds: 3 });
  expect(lines).toEqual([
    "dev-ci (base) | 20 resources | applied | 1.0 s",
    "dev-ci | no | failed | 2.0 s",
    "dev-ci | skipped: needs dev-addons",
    "destroyed | nothing left | 3.0 s",
  ]);
});
