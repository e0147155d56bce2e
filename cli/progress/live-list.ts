/** The stages of a run as a list that changes while it goes on. */
import { Listr } from "listr2";
import { widthsFor } from "../../rehearsal/report.ts";
import type { Stage } from "../../rehearsal/run/events.ts";
import type { Io } from "../io.ts";
import type { Progress } from "./lines.ts";
import { type Row, rowOf, type StageEvent, type Task } from "./row.ts";

/** What listr2 takes of a line: its mark and a space before it, two columns that it keeps free, and it breaks a line that is just full. */
const taken = 5;

/** @param columns width of the terminal; a longer line would be broken in two. */
export function liveList(colors: Io["colors"], columns: number): Progress {
  const rows = new Map<string, Row>();
  // listr2 starts its tasks a moment later; what is told until then waits here.
  const early: StageEvent[] = [];
  let ended = false;
  let running: Promise<unknown> = Promise.resolve();

  const begin = (stages: readonly Stage[]) => {
    const titles = stages.map(({ title }) => title);
    const widths = widthsFor(titles, columns - taken);
    const look = { widths, colors, room: columns - taken - widths.title - "    ".length };
    const tasks = stages.map((stage) => ({
      title: colors.dim(`  ${stage.title}`),
      task: (_: unknown, task: Task) =>
        new Promise<void>((resolve, reject) => {
          const row = rowOf(task, stage, look, (error) => (error ? reject(error) : resolve()));
          rows.set(stage.id, row);
          for (const event of early) if (event.stage === stage.id) row.tell(event);
          if (ended) row.leave();
        }),
    }));
    // Signals are the command's: listr2 would exit at the first Ctrl-C and leave the children to themselves.
    const list = new Listr(tasks, {
      concurrent: true,
      exitOnError: false,
      registerSignalListeners: false,
      rendererOptions: { collapseErrors: false },
    });
    running = list.run();
  };

  return {
    report: (event) => {
      if (event.kind === "stages") return begin(event.stages);
      const row = rows.get(event.stage);
      if (row) row.tell(event);
      else early.push(event);
    },
    end: async () => {
      ended = true;
      for (const row of rows.values()) row.leave();
      await running;
    },
  };
}
