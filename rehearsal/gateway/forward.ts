/** Asks the emulator, with every correction that applies on the way in and out. */
import type { Correction, Upstream } from "./service.ts";

export function forwardTo(_emulatorUrl: string, _corrections: readonly Correction[]): Upstream {
  throw new Error("not written yet");
}
