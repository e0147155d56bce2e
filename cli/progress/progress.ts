/** How a rehearsal's progress is shown: a live list for a person, plain lines for a log, nothing beside JSON. */
import { stageLine } from "../../rehearsal/report.ts";
import type { Report, RunEvent, Stage } from "../../rehearsal/run/events.ts";
import type { Io } from "../io.ts";
import { liveList } from "./live-list.ts";

export interface Progress {
  readonly report: Report;
  /** Leaves what was shown as it is. Safe to call twice. */
  end(): Promise<void>;
}

export function progressFor(io: Io, quiet: boolean): Progress {
  if (quiet) return { report: () => {}, end: async () => {} };
  return io.live ? liveList(io.colors) : plainLines(io.out);
}

/** One line per finished stage. */
export function plainLines(out: (line: string) => void): Progress {
  const stages = new Map<string, Stage>();
  return {
    report: (event) => {
      if (event.kind === "stages") for (const stage of event.stages) stages.set(stage.id, stage);
      else if (event.kind !== "started" && event.kind !== "progress")
        out(finished(event, stages.get(event.stage) ?? { id: event.stage, title: event.stage }));
    },
    end: async () => {},
  };
}

type Finished = Extract<RunEvent, { readonly text: string; readonly seconds: number }>;

/** The line of a stage that is over. */
export function finished({ kind, text, seconds }: Finished, { title, ending = "" }: Stage): string {
  if (kind === "skipped") return stageLine(title, `skipped: ${text}`, "", undefined);
  if (kind === "failed") return stageLine(title, text, "failed", seconds);
  return stageLine(title, text, ending, seconds);
}
