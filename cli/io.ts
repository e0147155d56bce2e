/** What a command has of the outside world. The only place that reads the process, so that commands can be tested without one. */
import { fileURLToPath } from "node:url";
import { createColors } from "picocolors";

export interface Io {
  /** One line for the reader of results (stdout). */
  readonly out: (line: string) => void;
  /** One line about how it goes, or an error (stderr). */
  readonly err: (line: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The working tree. */
  readonly root: string;
  /** Width of the terminal; absent where nobody watches, or where it is not known: plain lines then. */
  readonly columns?: number;
  readonly colors: ReturnType<typeof createColors>;
  /** Aborted at the first Ctrl-C or SIGTERM, and at the second. */
  readonly interrupts: { readonly first: AbortSignal; readonly second: AbortSignal };
}

/** https://no-color.org: any value but an empty one turns colours off. */
export function processIo(): Io {
  const { env, stdout, stderr } = process;
  const live = stdout.isTTY === true && !env.CI;
  // A terminal without a size (`script`, `docker exec -t`) says 0: whatever redraws lines there breaks each of them after a letter.
  const columns = live && stdout.columns > 0 ? stdout.columns : undefined;
  const first = new AbortController();
  const second = new AbortController();
  const interrupt = () => (first.signal.aborted ? second : first).abort();
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  // Whoever reads us may have enough (`mainline --help | head`): no reason to fail, and nobody to tell.
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  return {
    out: (line) => stdout.write(`${line}\n`),
    err: (line) => stderr.write(`${line}\n`),
    env,
    root: fileURLToPath(new URL("..", import.meta.url)),
    columns,
    colors: createColors(live && !env.NO_COLOR && env.TERM !== "dumb"),
    interrupts: { first: first.signal, second: second.signal },
  };
}
