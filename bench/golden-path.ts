/** Rendering the golden path for many services, as Argo CD's repo server does for a whole environment: a Helm process per service. */
import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { findHelm } from "../test/support/tools.ts";

const run = promisify(execFile);
const chart = join(import.meta.dirname, "../gitops/charts/service");

/**
 * Renders the examples in turn, under `count` names, as many at once as there are cores; returns how many bytes that made.
 * @throws where there is no Helm, or it refuses.
 */
export async function renderServices(count: number): Promise<number> {
  const helm = findHelm();
  if (helm.missing) throw new Error(`Helm: ${helm.missing}`);
  const examples = readdirSync(join(chart, "examples")).sort();
  const waiting = Array.from({ length: count }, (_, place) => [`service-${place}`, examples[place % examples.length] ?? ""] as const);
  let bytes = 0;
  const worker = async () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const [name, example] = next;
      const { stdout } = await run(helm.path, [
        "template",
        name,
        chart,
        "--values",
        join(chart, "examples", example),
        "--namespace",
        "shop",
      ]);
      bytes += stdout.length;
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return bytes;
}
