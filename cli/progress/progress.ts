/** How a rehearsal's progress is shown: a live list for a person, plain lines for a log, nothing beside JSON. */
import { stageLine } from "../../rehearsal/report.ts";
import type { Report, RunEvent } from "../../rehearsal/run/events.ts";
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
  const titles = new Map<string, string>();
  return {
    report: (event) => {
      if (event.kind === "stages") for (const { id, title } of event.stages) titles.set(id, title);
      else if (event.kind !== "started" && event.kind !== "progress") out(finished(event, titles.get(event.stage) ?? event.stage));
    },
    end: async () => {},
  };
}

type Finished = Extract<RunEvent, { readonly text: string; readonly seconds: number }>;

/** The line of a stage that is over. */
export function finished({ kind, stage, text, seconds }: Finished, title: string): string {
  if (kind === "skipped") return stageLine(title, `skipped: ${text}`, "", undefined);
  if (kind === "failed") return stageLine(title, text, "failed", seconds);
  // Stages of stacks have the stack's id in their title, alone or as what is there already.
  const isStack = title === stage || title === `${stage.replace("base/", "")} (base)`;
  return stageLine(title, text, isStack ? "applied" : "", seconds);
}
