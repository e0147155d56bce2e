/**
 * cdktf resolves every stack twice: first to add outputs and remote states for tokens of other stacks (`preparing`), then for the file. Here
 * such a token is an error (PlatformStack), so nothing is ever added, and the resolution for the file finds it as well: a tenth of a synth less.
 * Source: cdktf 0.21, `preparing` in lib/tfExpression.js and prepareStack() in lib/terraform-stack.js, which calls through these exports; 0.21
 * is its last release (ADR 0001).
 */
import tokens from "cdktf/lib/_tokens.js";
import type { Construct } from "constructs";

const { resolve } = tokens;

Object.assign(tokens, { resolve: (scope: Construct, value: unknown) => resolve(scope, value, true) });
