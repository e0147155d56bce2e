/** Everything that looks at a plan, in no order that matters: the same findings come out sorted. */
import type { Detector } from "../model.ts";

export const detectors: readonly Detector[] = [];
