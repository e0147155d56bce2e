/** Every behaviour of the emulator that is put right, one file each. */
import type { Correction } from "../gateway/service.ts";

export const corrections: readonly Correction[] = [];
