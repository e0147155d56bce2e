/** Synthesizes environments behind the gate of the guardrails: either all of it is written, or nothing is. */
import { rmdirSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import type { Environment } from "../environments/schema.ts";
import { guardrails } from "../modules/guardrails/catalogue.ts";
import { check } from "../modules/guardrails/check.ts";
import { GuardrailError } from "../modules/guardrails/error.ts";
import { platform } from "./index.ts";
import type { PlatformStack } from "./platform-stack.ts";

export interface Synthesized {
  /** Folder with manifest.json and stacks/<id>/cdk.tf.json. */
  readonly outdir: string;
  readonly stacks: readonly PlatformStack[];
}

/**
 * Writes the Terraform JSON of all stacks. `outdir` is CDKTF_OUTDIR or cdktf.out where it is not given.
 * @throws UserError with what does not fit together, or a GuardrailError with every violation of every stack, before the first file is written.
 */
export function synthesize(environments: readonly Environment[], { outdir }: { readonly outdir?: string } = {}): Synthesized {
  const app = new App({ outdir, skipValidation: false });
  try {
    const stacks = platform(app, environments);
    const checked = stacks.map((stack) => ({
      id: stack.node.id,
      stack: stack.stack,
      environment: stack.environment,
      json: stack.toTerraform(),
    }));
    const findings = check(checked, guardrails);
    if (findings.violations.length + findings.unusedWaivers.length > 0) throw new GuardrailError(findings, guardrails);
    app.synth();
    return { outdir: app.outdir, stacks };
  } catch (error) {
    removeEmpty(app.outdir);
    throw error;
  }
}

/** An App makes its folders before there is anything to write. Only empty ones go: an earlier synth stays. */
function removeEmpty(outdir: string): void {
  for (const folder of [join(outdir, "stacks"), outdir]) {
    try {
      rmdirSync(folder);
    } catch {
      return; // Not empty.
    }
  }
}
