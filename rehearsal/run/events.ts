/** What a run tells while it goes on. The command line turns it into lines or a live list. */

export interface Stage {
  readonly id: string;
  readonly title: string;
  /** How its line ends where it went well, for example "applied"; absent: its text says all. */
  readonly ending?: string;
}

export type RunEvent =
  /** Every stage that will come, in order; the first event. */
  | { readonly kind: "stages"; readonly stages: readonly Stage[] }
  | { readonly kind: "started"; readonly stage: string }
  | { readonly kind: "progress"; readonly stage: string; readonly text: string }
  | { readonly kind: "done" | "failed" | "skipped"; readonly stage: string; readonly text: string; readonly seconds: number };

export type Report = (event: RunEvent) => void;

/**
 * Runs one stage and tells its beginning and end; `work` returns the text of its line. An error for which `skipped` has a reason is told as
 * that, no failure; it is thrown all the same.
 */
export async function stage(
  report: Report,
  id: string,
  work: (progress: (text: string) => void) => Promise<string>,
  skipped: (error: unknown) => string | undefined = () => undefined,
): Promise<number> {
  report({ kind: "started", stage: id });
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  try {
    const text = await work((progress) => report({ kind: "progress", stage: id, text: progress }));
    report({ kind: "done", stage: id, text, seconds: seconds() });
    return seconds();
  } catch (error) {
    const reason = skipped(error);
    report({ kind: reason ? "skipped" : "failed", stage: id, text: reason ?? firstLine(error), seconds: seconds() });
    throw error;
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
}
