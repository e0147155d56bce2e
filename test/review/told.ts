/** What a detector says of a plan, as short lines for tables: `danger iam-admin`. */
import type { Danger, Detector, StackPlan } from "../../review/model.ts";

export function told(detector: Detector, plan: StackPlan): readonly string[] {
  return detector(plan).map(({ danger, rule }) => `${danger} ${rule}`);
}

/** Without what is only good to know. */
export function alarms(detector: Detector, plan: StackPlan): readonly string[] {
  const quiet: Danger = "info";
  return told(detector, plan).filter((line) => !line.startsWith(quiet));
}
