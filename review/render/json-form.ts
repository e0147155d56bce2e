/**
 * The form of `mainline review --json`; `docs/review.schema.json` is made from it. A new key may come at any time; a key that goes or
 * changes its meaning makes a new `version`.
 */
import { z } from "zod";

const verdict = z
  .discriminatedUnion("kind", [
    z.object({ kind: z.literal("allow") }),
    z.object({ kind: z.literal("approval"), groups: z.array(z.string()).describe("All of them have to approve") }),
    z.object({ kind: z.literal("block") }),
  ])
  .describe("What the policy says");

const number = z.number().int().nonnegative();

const counts = z.object({
  create: number,
  update: number.describe("In place, without those of tags or computed values only"),
  replace: number,
  delete: number,
  forget: number.describe("Dropped from the state, left in AWS"),
  import: number,
  move: number.describe("Another address in the state"),
  drift: number.describe("Changed behind Terraform's back"),
  tags: number.describe("Updates of tags only; not listed"),
  computed: number.describe("Updates of computed values only; not listed"),
  unknown: number.describe("Values that are known after apply"),
});

const freshness = z.object({
  commit: z.string().optional(),
  plannedAt: z.string().optional().describe("ISO 8601"),
  stateSerial: z.number().optional(),
});

const place = z.object({ id: z.string().describe("Stack, for example dev-network"), environment: z.string(), address: z.string() });
const override = z.object({ by: z.string(), reason: z.string() });

const finding = z.object({
  rule: z.string().describe("Stable id of the kind"),
  danger: z.enum(["danger", "caution", "info"]),
  verdict,
  title: z.string(),
  because: z.string(),
  details: z.array(z.string()),
  remedy: z.string().optional(),
  places: z.array(place.extend({ verdict, override: override.optional() })).describe("The same finding in every environment that has it"),
});

const attribute = z.object({
  path: z.array(z.union([z.string(), z.number()])),
  before: z.unknown().describe("Redacted"),
  after: z.unknown().describe("Redacted; null where it goes"),
  sensitive: z.boolean(),
  forcesReplacement: z.boolean(),
});

const change = z.object({
  kind: z.enum(["delete", "replace", "forget", "drift", "update", "import", "move", "create"]),
  type: z.string(),
  stack: z.string().describe("Without the environment's name"),
  places: z.array(place),
  causes: z.array(z.string()).describe("Why it is replaced or destroyed, or where it comes from"),
  attributes: z.array(attribute),
  unknown: number,
});

const amount = z.object({ before: z.number(), after: z.number(), delta: z.number() }).describe("USD a month");

export const reviewJsonSchema = z
  .object({
    version: z.literal(1),
    verdict,
    stacks: z.array(
      z.object({
        id: z.string(),
        environment: z.string(),
        stack: z.string(),
        outcome: z.enum(["planned", "deferred", "failed", "not affected"]),
        because: z.string().optional(),
        counts,
        verdict,
        cost: z.number().optional().describe("Change of the bill, USD a month"),
        freshness: freshness.optional(),
      }),
    ),
    approvals: z.array(
      z.object({
        group: z.string(),
        meaning: z.string(),
        asked: z.array(z.object({ rule: z.string(), stacks: z.array(z.string()) })),
      }),
    ),
    findings: z.array(finding).describe("The worst first"),
    changes: z.array(change).describe("Destroys first"),
    differences: z.array(
      z.object({
        stack: z.string(),
        address: z.string(),
        sides: z.array(z.object({ environments: z.array(z.string()), text: z.string() })),
      }),
    ),
    cost: z.object({
      total: amount,
      perStack: z.array(
        amount.extend({
          stack: z.string(),
          environment: z.string(),
          lines: z.array(amount.extend({ address: z.string(), what: z.string() })),
        }),
      ),
      unknown: z.array(z.string()).describe("What changes and is not in the sum"),
      assumptions: z.array(z.string()),
      currency: z.string(),
      asOf: z.string().describe("Date of the prices"),
    }),
    unusedOverrides: z.array(
      z.object({ rule: z.string(), stack: z.string(), address: z.string(), by: z.string(), reason: z.string(), until: z.string() }),
    ),
  })
  .meta({ title: "mainline review --json" });
