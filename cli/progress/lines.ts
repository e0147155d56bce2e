/** How stages are told, one line each, when they are over. */
import { stageLine, type Widths } from "../../rehearsal/report.ts";
import type { Report, RunEvent, Stage } from "../../rehearsal/run/events.ts";

export interface Progress {
  readonly report: Report;
  /** Leaves what was shown as it is. Safe to call twice. */
  end(): Promise<void>;
}

/** One line per finished stage, for a log. */
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
export function finished({ kind, text, seconds }: Finished, { title, ending = "" }: Stage, widths?: Widths): string {
  if (kind === "skipped") return stageLine(title, `skipped: ${text}`, "", undefined, widths);
  if (kind === "failed") return stageLine(title, text, "failed", seconds, widths);
  return stageLine(title, text, ending, seconds, widths);
}
