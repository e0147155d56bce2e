/** Lines of a run's stages, as a log gets them, and as they fit into a terminal. */
import { expect, test } from "@jest/globals";
import { createColors } from "picocolors";
import { plainLines } from "../../cli/progress/lines.ts";
import { rowOf, type Task } from "../../cli/progress/row.ts";
import { widthsFor } from "../../rehearsal/report.ts";

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

test("no line of a stage is wider than the terminal, but the reason of a skip is told in full", () => {
  const columns = 75;
  const widths = widthsFor(["emulated AWS", "dev-network"], columns);
  const look = { widths, room: columns - widths.title - 4, colors: createColors(false) };
  const shown: string[] = [];
  const task = {
    set title(line: string) {
      shown.push(line);
    },
    skip: (line: string) => shown.push(line),
  } as unknown as Task;
  const long = "31 of 109  aws_vpc_endpoint.gateway-endpoints_dynamodb and 27 others, of which some are slow";
  const row = (title: string) => rowOf(task, { id: title, title, ending: "applied" }, look, () => {});
  const network = row("dev-network");
  network.tell({ kind: "progress", stage: "dev-network", text: long });
  network.tell({ kind: "done", stage: "dev-network", text: long, seconds: 999.9 });
  network.tell({ kind: "progress", stage: "dev-network", text: "too late" });
  row("dev-addons").tell({ kind: "skipped", stage: "dev-addons", text: long, seconds: 0 });
  row("dev-ci").leave();
  expect(shown.map((line) => line.length <= columns)).toEqual([true, true, false, true]);
  expect(shown[1]).toMatch(/^ {2}dev-network .*… {2}applied {4}999\.9 s$/);
  expect(shown[2]).toContain(long);
});
