/**
 * `npm run bench [-- <word>...]`: what the project takes on this machine, beside its budgets, which are for 2 cores (bench/README.md). Words
 * choose rows; a rehearsal is measured only when it is chosen. It measures and prints; it fails only where a command fails.
 */
import { rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import Table from "cli-table3";
import { gatewayThroughput } from "./gateway.ts";
import { renderServices } from "./golden-path.ts";
import { type Measured, measure } from "./measure.ts";
import { writePlans } from "./review.ts";

interface Row {
  readonly what: string;
  readonly budget: string;
  /** Minutes long: measured only where it is chosen. */
  readonly isLong?: true;
  readonly run: () => Promise<Measured & { readonly text?: string }>;
}

const root = join(import.meta.dirname, "..");
const node = process.execPath;
const output = join(root, ".cache", "bench-synth");

const rows: readonly Row[] = [
  {
    what: "synth, all environments, cold process",
    budget: "2 s, 300 MB",
    run: () => measure(node, ["cli/mainline.js", "synth", "--output", output], root),
  },
  { what: "50 teams, what they add to a cold synth of dev", budget: "0.3 s", run: () => added("bench/many-teams.ts") },
  { what: "50 services, what they add to a cold synth of shared", budget: "0.3 s", run: () => added("bench/many-services.ts") },
  { what: "types, as in a new clone", budget: "2 s", run: newTypes },
  { what: "types and lint again (npm run check)", budget: "4 s", run: () => measure("npm", ["run", "--silent", "check"], root) },
  { what: "unit tests (npm test)", budget: "30 s", run: () => measure("npm", ["test", "--silent"], root) },
  { what: "review of 30 plans with 2,000 changes", budget: "1 s, 200 MB", run: manyPlans },
  { what: "mainline --help", budget: "0.5 s", run: () => measure(node, ["cli/mainline.js", "--help"], root) },
  { what: "gateway, 5000 requests", budget: "", run: throughput },
  { what: "golden path, 50 services by Helm", budget: "10 s", run: goldenPath },
  {
    what: "rehearse dev, apply, second plan, destroy",
    budget: "180 s",
    isLong: true,
    run: () => measure(node, ["cli/mainline.js", "rehearse", "dev", "--json"], root),
  },
];

function newTypes(): Promise<Measured> {
  rmSync(join(root, ".cache", "types.tsbuildinfo"), { force: true });
  return measure("npm", ["run", "--silent", "types"], root);
}

/** What 50 of something add: the least of three runs without and with them, in turn. A difference of single runs is mostly noise. */
async function added(script: string): Promise<Measured> {
  const runs: Record<"0" | "50", Measured[]> = { "0": [], "50": [] };
  for (let round = 0; round < 3; round++) {
    for (const count of ["0", "50"] as const) runs[count].push(await measure(node, ["--import", "tsx", script, count, output], root));
  }
  const least = (measured: readonly Measured[]) => Math.min(...measured.map(({ seconds }) => seconds));
  return {
    seconds: least(runs["50"]) - least(runs["0"]),
    mebibytes: Math.max(...runs["50"].map(({ mebibytes }) => mebibytes)),
    ok: [...runs["0"], ...runs["50"]].every(({ ok }) => ok),
  };
}

async function manyPlans(): Promise<Measured> {
  const plans = join(root, ".cache", "bench-plans");
  writePlans(plans);
  // 2: there is something to approve.
  const measured = await measure(
    node,
    ["cli/mainline.js", "review", plans, "--markdown", "--output", join(plans, "comment.md")],
    root,
    [2],
  );
  rmSync(plans, { recursive: true });
  return measured;
}

async function throughput() {
  const began = performance.now();
  const perSecond = await gatewayThroughput(5000);
  return { seconds: (performance.now() - began) / 1000, mebibytes: 0, ok: true, text: `${Math.round(perSecond)} a second` };
}

async function goldenPath() {
  const began = performance.now();
  const bytes = await renderServices(50).catch((error: Error) => error);
  const seconds = (performance.now() - began) / 1000;
  const ok = typeof bytes === "number";
  return { seconds, mebibytes: 0, ok, text: ok ? `${Math.round(bytes / 1024)} KiB of YAML` : bytes.message };
}

const table = new Table({ head: ["what", "took", "memory", "budget"], style: { head: [], border: [] } });
const words = process.argv.slice(2);
const chosen = rows.filter(({ what, isLong }) => (words.length > 0 ? words.some((word) => what.includes(word)) : !isLong));
for (const { what, budget, run } of chosen) {
  const { seconds, mebibytes, ok, text = "" } = await run();
  const memory = mebibytes > 0 ? `${mebibytes.toFixed(0)} MB` : text;
  table.push([what, ok ? `${seconds.toFixed(1)} s` : "FAILED", memory, budget]);
  if (!ok) process.exitCode = 1;
}
rmSync(output, { recursive: true, force: true });
console.log(`${availableParallelism()} cores, Node ${process.versions.node}`);
console.log(table.toString());
