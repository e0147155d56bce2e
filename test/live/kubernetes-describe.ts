/** Tests that need Kubernetes binaries. */
import { existsSync } from "node:fs";
import { describe } from "@jest/globals";
import { shared } from "./kubernetes-setup.ts";

/** `describe`, or a skipped one that says why. */
export function withKubernetes(name: string, body: () => void): void {
  if (existsSync(shared)) describe(name, body);
  else describe.skip(`${name} (skipped: no ../shared/kube here, so no Kubernetes binaries)`, body);
}
