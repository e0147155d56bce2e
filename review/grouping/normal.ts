/** Texts without what differs between environments by nature: names, account ids, ids that AWS gave, the address block. */
import type { StackPlan } from "../model.ts";

/** Turns a text of one environment into the one that it would be in any. */
export type Normalizer = (text: string) => string;

/** One per environment, made at its first use. @param plans where the environments' address blocks are found. */
export function normalizers(plans: readonly StackPlan[]): (environment: string) => Normalizer {
  const made = new Map<string, Normalizer>();
  return (environment) => {
    const known = made.get(environment);
    if (known) return known;
    const normal = normalizer(
      environment,
      plans.filter((plan) => plan.environment === environment),
    );
    made.set(environment, normal);
    return normal;
  };
}

function normalizer(environment: string, plans: readonly StackPlan[]): Normalizer {
  // Letters and digits only: `dev` in mainline-dev-x and dev_x, not in devices.
  const named = new RegExp(`(?<![A-Za-z0-9])${escaped(environment)}(?![A-Za-z0-9])`, "g");
  const blocks = blocksOf(plans).map((block) => new RegExp(`(?<![0-9.])${escaped(block)}`, "g"));
  return (text) => blocks.reduce((rest, block) => rest.replace(block, "<vpc>."), text.replace(named, "<env>").replace(given, mark));
}

/** First two numbers of each VPC's address block: environments have a /16 each, and the same plan within it. */
function blocksOf(plans: readonly StackPlan[]): string[] {
  const vpcs = plans.flatMap(({ present, planned }) => [...present, ...planned]).filter(({ type }) => type === "aws_vpc");
  const blocks = vpcs.flatMap(({ values }) => /^(\d+\.\d+\.)0\.0\/16$/.exec(String(values.cidr_block))?.[1] ?? []);
  return [...new Set(blocks)];
}

/** Ids as EC2 and others write them, account ids, UUIDs. */
const given = /\b([a-z]{1,12}-)[0-9a-f]{8,17}\b|\b\d{12}\b|\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/g;

function mark(_: string, prefix: string | undefined): string {
  return prefix === undefined ? "<id>" : `${prefix}<id>`;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
