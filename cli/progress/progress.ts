/** How a run's progress is shown: a live list for a person, plain lines for a log, nothing beside JSON. */
import type { Io } from "../io.ts";
import { type Progress, plainLines } from "./lines.ts";
import { liveList } from "./live-list.ts";

export function progressFor(io: Io, quiet: boolean): Progress {
  if (quiet) return { report: () => {}, end: async () => {} };
  return io.columns === undefined ? plainLines(io.out) : liveList(io.colors, io.columns);
}
