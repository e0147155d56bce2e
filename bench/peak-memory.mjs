/** Preloaded into a measured Node process: notes its largest resident memory (KiB) when it ends. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const folder = process.env.BENCH_PEAK_FOLDER;
if (folder) process.on("exit", () => writeFileSync(join(folder, String(process.pid)), String(process.resourceUsage().maxRSS)));
