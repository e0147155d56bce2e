/**
 * Terraform's machine-readable output (`-json`), one JSON object per line, read into what a run needs.
 * Source: https://developer.hashicorp.com/terraform/internals/machine-readable-ui
 */

/** A problem that Terraform reports. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
  /** Of the resource; empty where it is about the whole configuration. */
  readonly address: string;
}

export type Action = "create" | "update" | "delete" | "replace" | "read" | "noop" | "move" | "forget" | "import" | "remove";

export type Message =
  | { readonly kind: "planned"; readonly address: string; readonly action: Action }
  | { readonly kind: "started" | "finished" | "failed"; readonly address: string; readonly action: Action }
  | { readonly kind: "total"; readonly changes: number }
  | { readonly kind: "diagnostic"; readonly diagnostic: Diagnostic }
  | { readonly kind: "log"; readonly text: string };

interface Raw {
  readonly type?: string;
  readonly "@message"?: string;
  readonly change?: { readonly resource?: { readonly addr?: string }; readonly action?: Action };
  readonly hook?: { readonly resource?: { readonly addr?: string }; readonly action?: Action };
  readonly changes?: {
    readonly add?: number;
    readonly change?: number;
    readonly remove?: number;
    readonly import?: number;
    readonly operation?: string;
  };
  readonly diagnostic?: { readonly severity?: string; readonly summary?: string; readonly detail?: string; readonly address?: string };
}

const hooks: Readonly<Record<string, "started" | "finished" | "failed">> = {
  apply_start: "started",
  apply_complete: "finished",
  apply_errored: "failed",
};

/** One line of output; undefined where nothing in it matters. A line that is not JSON (a panic, a plugin's print) is a log line. */
export function parseMessage(line: string): Message | undefined {
  if (line.trim() === "") return undefined;
  const raw = parsed(line);
  if (raw === undefined) return { kind: "log", text: line };
  const { type = "", change, hook, changes, diagnostic } = raw;
  if (type === "planned_change" && change?.resource?.addr && change.action) {
    return { kind: "planned", address: change.resource.addr, action: change.action };
  }
  const phase = hooks[type];
  if (phase && hook?.resource?.addr && hook.action) return { kind: phase, address: hook.resource.addr, action: hook.action };
  if (type === "change_summary" && changes?.operation === "plan") {
    const { add = 0, change: changed = 0, remove = 0 } = changes;
    return { kind: "total", changes: add + changed + remove };
  }
  if (type === "diagnostic" && diagnostic) {
    const { severity, summary = "", detail = "", address = "" } = diagnostic;
    return { kind: "diagnostic", diagnostic: { severity: severity === "error" ? "error" : "warning", summary, detail, address } };
  }
  return undefined;
}

function parsed(line: string): Raw | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && "type" in value ? (value as Raw) : undefined;
  } catch {
    return undefined;
  }
}

/** A diagnostic for people: where, what, and the detail without its empty lines. */
export function describe({ address, summary, detail }: Diagnostic): string {
  const where = address === "" ? "" : `${address}: `;
  const lines = detail.split("\n").filter((line) => line.trim() !== "");
  return [`${where}${summary}`, ...lines.map((line) => `  ${line.trim()}`)].join("\n");
}

const unreachable =
  /Failed to query available provider packages|Failed to install provider|Failed to resolve provider packages|[Ff]ailed to retrieve the list of available versions|could not connect to/;
const unknownProvider = /does not have a provider named/;

/** Why a provider is not to be had here; undefined where the diagnostics say something else. A misspelt provider is not an absent one. */
export function providerMissing(diagnostics: readonly Diagnostic[]): string | undefined {
  for (const { summary, detail } of diagnostics) {
    const text = `${summary}\n${detail}`;
    if (!unreachable.test(text) || unknownProvider.test(text)) continue;
    const provider = /provider(?: packages for)? "?([a-z0-9.-]+\/[a-z0-9-]+(?:\/[a-z0-9-]+)?)/i.exec(text.replaceAll("\n", " "))?.[1];
    return `provider ${provider?.replace(/^registry\.[^/]+\//, "") ?? "of this stack"} is not to be had here (registry unreachable, no mirror)`;
  }
  return undefined;
}
