/** Drift in words: lines for a terminal or a log, and the payload of a Slack message. Pure. */
import { visible } from "../../review/render/escape.ts";
import type { PlanSet } from "../plan/model.ts";
import type { Drifted } from "./rank.ts";

export interface DriftReport {
  readonly set: PlanSet;
  readonly drifted: readonly Drifted[];
}

/** 0: nothing differs; 2: something does; 1: not all stacks could be looked at. */
export function exitCodeOf({ set, drifted }: DriftReport): 0 | 1 | 2 {
  if (set.stacks.some(({ outcome }) => outcome === "failed")) return 1;
  return drifted.length > 0 ? 2 : 0;
}

/** The sentence on top. */
export function headline({ set, drifted }: DriftReport): string {
  const looked = set.stacks.filter(({ outcome }) => outcome === "planned").length;
  const failed = set.stacks.filter(({ outcome }) => outcome === "failed").length;
  const rest = failed > 0 ? `; ${count(failed, "stack")} could not be looked at` : "";
  if (drifted.length === 0) return `No drift in ${count(looked, "stack")}${rest}`;
  const serious = drifted.filter(({ rank }) => rank === 0).length;
  const first = serious > 0 ? `, ${serious} of them of what is protected` : "";
  const stacks = new Set(drifted.map(({ stack }) => stack)).size;
  return `${count(drifted.length, "change")} behind Terraform's back in ${stacks} of ${count(looked, "stack")}${first}${rest}`;
}

/** Most protected first; names of resources are made visible, since a terminal obeys control characters. */
export function driftLines(report: DriftReport): string[] {
  const edits = report.drifted.flatMap(({ stack, address, action, because, edits }) => [
    `  ${stack}  ${visible(address)} ${verb(action)}${because === undefined ? "" : ` (${because})`}`,
    ...edits.map((edit) => `      ${visible(edit)}`),
  ]);
  const others = report.set.stacks.flatMap(({ id, outcome, because = "" }) =>
    outcome === "planned" ? [] : [`  ${id}  ${outcome}: ${because}`],
  );
  return [...edits, ...others, ...(edits.length + others.length > 0 ? [""] : []), `  ${headline(report)}`];
}

/** Slack's limits: 50 blocks, 3,000 characters in one. https://api.slack.com/reference/block-kit/blocks */
const [mostBlocks, mostText] = [50, 3000];

/** For an incoming webhook. Nothing in it mentions anybody or links anywhere: names of resources are other people's text. */
export function slackPayload(report: DriftReport): { readonly text: string; readonly blocks: readonly Section[] } {
  const text = plain(headline(report));
  const failed = report.set.stacks.filter(({ outcome }) => outcome === "failed");
  const sections = [
    ...report.drifted.map(({ stack, address, action, because, edits }) =>
      [
        `*${plain(stack)}*  \`${plain(address)}\` ${verb(action)}${because === undefined ? "" : ` _(${plain(because)})_`}`,
        ...edits.slice(0, 5).map((edit) => `\`${plain(edit)}\``),
      ].join("\n"),
    ),
    ...failed.map(({ id, because = "" }) => `*${plain(id)}* could not be looked at: ${plain(because.split("\n")[0] ?? "")}`),
  ];
  const room = mostBlocks - 2;
  const shown = sections.length > room ? [...sections.slice(0, room - 1), `… and ${sections.length - room + 1} more`] : sections;
  return { text, blocks: [section(`*${text}*`), ...shown.map(section)] };
}

interface Section {
  readonly type: "section";
  readonly text: { readonly type: "mrkdwn"; readonly text: string };
}

function section(text: string): Section {
  return { type: "section", text: { type: "mrkdwn", text: text.slice(0, mostText) } };
}

/** https://api.slack.com/reference/surfaces/formatting#escaping; a backtick would end the code around it. */
function plain(text: string): string {
  return visible(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("`", "'").replaceAll("*", "∗");
}

function verb(action: Drifted["action"]): string {
  return action === "delete" ? "is gone" : action === "create" ? "is there" : "was edited";
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
