/**
 * The form of Terraform's plan JSON as far as a review reads it (terraform.io, "JSON Output Format"), and what is told where a text is not
 * one. Nothing that is not surely a whole plan passes: what passes by mistake would read as "no changes".
 */
import { z } from "zod";
import { UserError } from "../../environments/user-error.ts";
import type { Json } from "../model.ts";
import { isObject } from "./json.ts";

/** Values are not checked: their form is the provider's. */
const json = z.custom<Json>(() => true);
const absent = <T extends z.ZodType>(inner: T) => inner.nullish();

const change = z.looseObject({
  actions: z.array(z.string()).min(1),
  before: absent(json),
  after: absent(json),
  after_unknown: absent(json),
  before_sensitive: absent(json),
  after_sensitive: absent(json),
  replace_paths: absent(z.array(z.array(z.union([z.string(), z.number()])))),
  importing: absent(z.looseObject({ id: absent(z.string()) })),
});

const resourceChange = z.looseObject({
  address: z.string().min(1),
  previous_address: absent(z.string()),
  mode: absent(z.string()),
  type: z.string().min(1),
  name: z.string(),
  provider_name: absent(z.string()),
  deposed: absent(z.string()),
  action_reason: absent(z.string()),
  change,
});

const check = z.looseObject({
  address: absent(z.looseObject({ to_display: absent(z.string()) })),
  status: absent(z.string()),
  instances: absent(
    z.array(z.looseObject({ status: absent(z.string()), problems: absent(z.array(z.looseObject({ message: absent(z.string()) }))) })),
  ),
});

const planForm = z.looseObject({
  format_version: z.string(),
  terraform_version: absent(z.string()),
  timestamp: absent(z.string()),
  planned_values: json,
  prior_state: absent(json),
  configuration: absent(json),
  complete: absent(z.boolean()),
  errored: absent(z.boolean()),
  resource_changes: absent(z.array(resourceChange)),
  resource_drift: absent(z.array(resourceChange)),
  output_changes: absent(z.record(z.string(), change)),
  checks: absent(z.array(check)),
  deferred_changes: absent(
    z.array(z.looseObject({ reason: absent(z.string()), resource_change: absent(z.looseObject({ address: z.string() })) })),
  ),
});

export type PlanForm = z.output<typeof planForm>;
export type ResourceChangeForm = z.output<typeof resourceChange>;

/** The major version that is understood; a newer one may say "no changes" in words that we do not know. */
const knownMajor = "1";

/**
 * @param source file or stack, for the message.
 * @throws UserError where it is not a whole plan of a version that is understood, with what to do.
 */
export function planOf(text: string, source: string): PlanForm {
  const value = parsed(text, source);
  const no = (wrong: string, remedy: string) => new UserError(`${source} ${wrong} ${remedy}`);
  if (!isObject(value)) throw no("is JSON, but not a plan.", howTo);
  const version = value.format_version;
  if (typeof version !== "string") throw no("is JSON, but not a plan: it has no format_version.", howTo);
  if (version.split(".")[0] !== knownMajor) {
    throw no(
      `is of plan format ${JSON.stringify(version)}; ${knownMajor}.x is understood.`,
      "Use a Terraform that writes it, or update mainline.",
    );
  }
  if (value.planned_values === undefined) {
    throw no(value.values === undefined ? "is JSON, but not a plan." : "is a state, not a plan.", howTo);
  }
  const result = planForm.safeParse(value);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw no(`is not a whole plan: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}.`, "Make it again; do not edit it.");
  }
  if (result.data.errored)
    throw no("is a plan that ended with an error.", "What it lists is not all that would happen. Mend the error and plan again.");
  return result.data;
}

const howTo = "Make it by `mainline plan`, or by `terraform plan -out=plan.bin && terraform show -json plan.bin > plan.json`.";

function parsed(text: string, source: string): unknown {
  if (text.trim() === "") throw new UserError(`${source} is empty. ${howTo}`);
  if (text.startsWith("PK")) throw new UserError(`${source} is a saved plan in Terraform's own form. Give \`terraform show -json\` of it.`);
  try {
    return JSON.parse(text.startsWith("\uFEFF") ? text.slice(1) : text);
  } catch (error) {
    if (/^\{"@level"/.test(text)) throw new UserError(`${source} is the log of \`plan -json\`, not a plan. ${howTo}`);
    const why = error instanceof Error ? error.message : String(error);
    const cut = text.trimStart().startsWith("{") && !text.trimEnd().endsWith("}");
    throw new UserError(`${source} ${cut ? "is cut short: its JSON does not end" : `is not JSON (${why.slice(0, 100)})`}. ${howTo}`);
  }
}
