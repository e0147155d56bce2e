/**
 * cdktf notes for every token where it was made, and only reads the note in the message of a failed resolution. It writes the whole stack out
 * as text each time, through source maps: 45 % of a synth. Here the frames are kept as V8 has them, and become text when somebody reads them.
 * Source: cdktf 0.21, lib/tokens/private/stack-trace.js, which calls through its exports; 0.21 is its last release (ADR 0001).
 */
import stackTrace from "cdktf/lib/tokens/private/stack-trace.js";

/** Frames that are kept: some ten are cdktf's own, the rest lead to our line. */
const limit = 30;

/** The lines of a stack without `at`, as cdktf's own function returns them, made at the first look. */
function lazyStack(below: Parameters<typeof stackTrace.captureStackTrace>[0] = lazyStack): string[] {
  const place: { stack?: string } = {};
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = limit;
  Error.captureStackTrace(place, below);
  Error.stackTraceLimit = before;
  const lines = () =>
    (place.stack ?? "")
      .split("\n")
      .slice(1)
      .map((line) => line.trim().replace(/^at /, ""));
  let read: string[] | undefined;
  return new Proxy<string[]>([], {
    get: (_, key) => {
      read ??= lines();
      return Reflect.get(read, key);
    },
  });
}

Object.assign(stackTrace, { captureStackTrace: lazyStack });
