/** The stages of a run as a list that changes while it goes on. */
import { Listr, type ListrTaskWrapper } from "listr2";
import type { Stage } from "../../rehearsal/run/events.ts";
import type { Io } from "../io.ts";
import { finished, type Progress } from "./progress.ts";

// biome-ignore lint/suspicious/noExplicitAny: listr2's own type of a task of any renderer.
type Task = ListrTaskWrapper<unknown, any, any>;

interface Row {
  readonly stage: Stage;
  readonly title: string;
  task?: Task;
  settle: () => void;
  fail: (error: Error) => void;
  over: boolean;
}

export function liveList(colors: Io["colors"]): Progress {
  const rows = new Map<string, Row>();
  let running: Promise<unknown> = Promise.resolve();

  const begin = (stages: readonly Stage[]) => {
    const tasks = stages.map((stage) => ({
      title: colors.dim(`  ${stage.title}`),
      task: (_: unknown, task: Task) =>
        new Promise<void>((resolve, reject) => {
          rows.set(stage.id, { stage, title: stage.title, task, settle: resolve, fail: reject, over: false });
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
      if (!row?.task || row.over) return;
      if (event.kind === "started") row.task.title = `  ${row.title}`;
      else if (event.kind === "progress") row.task.title = `  ${row.title.padEnd(22)}  ${colors.dim(event.text.slice(0, 90))}`;
      else {
        row.over = true;
        const line = finished(event, row.stage);
        if (event.kind === "skipped") row.task.skip(line);
        else row.task.title = line;
        if (event.kind === "failed") row.fail(new Error(line));
        else row.settle();
      }
    },
    end: async () => {
      for (const row of rows.values()) {
        if (!row.over) row.task?.skip(colors.dim(`  ${row.title.padEnd(22)}  not reached`));
        row.over = true;
        row.settle();
      }
      await running;
    },
  };
}
