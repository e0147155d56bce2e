/** AWS resources that an add-on needs beside its rights, as plain values; aws-resources.ts makes them. A new kind is a new member of AwsPart. */

/** What an event must look like. Source: EventBridge user guide, "Event patterns". */
export interface EventPattern {
  readonly source: string;
  readonly detailType: string;
}

/** A queue into which EventBridge puts events of the account's default bus. */
export interface EventQueue {
  readonly kind: "event-queue";
  /** Stable name within the add-on. */
  readonly id: string;
  /** Of the queue; its rules are named `<name>-<rule>`. */
  readonly name: string;
  /** Seconds; events that nobody took by then are late news. */
  readonly retention: number;
  /** By a short, stable name. */
  readonly rules: Readonly<Record<string, EventPattern>>;
}

export type AwsPart = EventQueue;

/** One line per part, for the page of the add-on. */
export function partText(part: AwsPart): string {
  const details = Object.values(part.rules).map(({ source, detailType }) => `${detailType} (${source})`);
  return `Queue \`${part.name}\` (SQS, encrypted, ${part.retention} s), filled by EventBridge rules: ${details.join(", ")}`;
}
