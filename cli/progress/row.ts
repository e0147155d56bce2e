/** One stage in the live list, from its beginning to its end. */
import type { ListrTaskWrapper } from "listr2";
import type { Widths } from "../../rehearsal/report.ts";
import type { RunEvent, Stage } from "../../rehearsal/run/events.ts";
import type { Io } from "../io.ts";
import { finished } from "./lines.ts";

// biome-ignore lint/suspicious/noExplicitAny: listr2's own type of a task of any renderer.
export type Task = ListrTaskWrapper<unknown, any, any>;
export type StageEvent = Exclude<RunEvent, { readonly kind: "stages" }>;

/** How a line looks: its columns, what a text may take of them, and colours. */
export interface Look {
  readonly widths: Widths;
  /** Of a text that has the rest of the line to itself, characters. */
  readonly room: number;
  readonly colors: Io["colors"];
}

export interface Row {
  /** Shows what is told of the stage; nothing once it is over. */
  readonly tell: (event: StageEvent) => void;
  /** Ends the row of a stage that did not come to its end. */
  readonly leave: () => void;
}

/** @param settle ends listr2's task: well, or with the line as its error. */
export function rowOf(task: Task, stage: Stage, { widths, room, colors }: Look, settle: (error?: Error) => void): Row {
  let over = false;
  const beginning = `  ${stage.title.padEnd(widths.title)}  `;
  return {
    tell: (event) => {
      if (over) return;
      if (event.kind === "started") {
        task.title = `  ${stage.title}`;
        return;
      }
      if (event.kind === "progress") {
        task.title = `${beginning}${colors.dim(cut(event.text, room))}`;
        return;
      }
      over = true;
      // Why something was skipped is told nowhere else; what was found, and why something failed, is told again at the end.
      const line = finished(event.kind === "skipped" ? event : { ...event, text: cut(event.text, widths.text) }, stage, widths);
      if (event.kind === "skipped") task.skip(line);
      else task.title = line;
      settle(event.kind === "failed" ? new Error(line) : undefined);
    },
    leave: () => {
      if (over) return;
      over = true;
      task.skip(colors.dim(`${beginning}not reached`));
      settle();
    },
  };
}

function cut(text: string, room: number): string {
  return text.length <= room ? text : `${text.slice(0, Math.max(0, room - 1))}…`;
}
