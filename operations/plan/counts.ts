/** What a plan would do, counted from its JSON. */
import { UserError } from "../../environments/user-error.ts";
import type { Counts } from "./model.ts";

interface Planned {
  readonly format_version?: string;
  readonly errored?: boolean;
  readonly resource_changes?: readonly Changed[];
  readonly output_changes?: Readonly<Record<string, { readonly actions: readonly string[] }>>;
}

interface Changed {
  readonly previous_address?: string;
  readonly change: { readonly actions: readonly string[]; readonly importing?: object };
}

const kinds: Readonly<Record<string, Exclude<keyof Counts, "outputs" | "other">>> = {
  create: "create",
  update: "update",
  delete: "delete",
  "create,delete": "replace",
  "delete,create": "replace",
};

/** @throws UserError where the text is not a whole plan: "no changes" must be known, not guessed. */
export function countsOf(text: string, id: string): Counts {
  const plan = parsed(text);
  if (plan?.format_version === undefined || plan.errored === true)
    throw new UserError(`Terraform wrote no whole plan of ${id}. Plan it again.`);
  const counts = { create: 0, update: 0, replace: 0, delete: 0, other: 0, outputs: 0 };
  for (const { change, previous_address } of plan.resource_changes ?? []) {
    const actions = change.actions.join(",");
    const kind = kinds[actions];
    if (kind) counts[kind] += 1;
    else if (actions === "forget" || previous_address !== undefined || change.importing) counts.other += 1;
  }
  counts.outputs = Object.values(plan.output_changes ?? {}).filter(({ actions }) => actions.join() !== "no-op").length;
  return counts;
}

function parsed(text: string): Planned | undefined {
  try {
    return JSON.parse(text) as Planned;
  } catch {
    return undefined;
  }
}
