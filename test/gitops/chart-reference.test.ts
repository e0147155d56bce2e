import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { withValues } from "./chart-reference.ts";
import { gitops, type Json, read } from "./services.ts";

const file = join(gitops, "charts/service/README.md");
const current = (page: string) =>
  withValues(page, read<Json>("charts/service/values.schema.json"), read<Json>("charts/service/values.yaml"));

test("the reference of values is current; `npm run golden` writes it", () => {
  const page = readFileSync(file, "utf8");
  if (process.env.UPDATE_GOLDEN === "1") writeFileSync(file, current(page));
  else expect(page).toBe(current(page));
});

test("it has values at every depth, with what is valid and the default", () => {
  const page = readFileSync(file, "utf8");
  for (const row of [
    '| `kind` | `Deployment`, `StatefulSet`, `Rollout`, `CronJob`, `Job` | `"Deployment"` |',
    "| `resources.requests.cpu` |",
    "| `network.to.<name>.cidrs` |",
    "| `autoscaling.triggers[].type` |",
    "| `probes.readiness.path` |",
    "| `shutdown.drainSeconds` | integer 0 to 300 | `15` |",
  ]) {
    expect(page).toContain(row);
  }
});
