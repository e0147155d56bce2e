/** Helm values that are risky in nearly every chart, by the end of their path. One row, one change. */
import { accessRisks } from "./risks/access.ts";
import { dataRisks } from "./risks/data.ts";
import { objectRisks } from "./risks/objects.ts";
import { podsRisks } from "./risks/pods.ts";
import type { ValueRisk } from "./risks/risk.ts";

export const valueRisks: readonly ValueRisk[] = [...dataRisks, ...accessRisks, ...podsRisks, ...objectRisks];
