/**
 * A stack that is gone from the code, as a configuration that destroys it: its state and its providers, and no resource. A plan of it lists
 * every delete, and the review judges them like any other; without it the state would be forgotten with its resources running.
 */
import type { TerraformJson } from "../../modules/terraform-json.ts";

/** What of the base's JSON a destroy needs. Providers may read the state of another stack, for example a cluster's endpoint. */
export function emptied({ terraform, provider, data }: TerraformJson): TerraformJson {
  const states = data?.terraform_remote_state;
  return { terraform, provider, ...(states && { data: { terraform_remote_state: states } }) };
}
