/** What a guardrail is: something that must hold for every resource of some types, why, and what to do where it does not. */
import type { Environment } from "../../environments/schema.ts";
import type { Json, JsonObject, Resource } from "../terraform-json.ts";

/** What a rule may know besides the attributes of the resource that it looks at. Everything is known at synth; nothing is asked of AWS. */
export interface Context {
  readonly address: string;
  readonly environment: Environment;
  /** Every resource of a type in the same stack. */
  readonly all: (type: string) => readonly Resource[];
  /** Attributes of the resources of a type whose `attribute` refers to this resource, for example the policy of this bucket. */
  readonly pointingHere: (type: string, attribute: string) => readonly JsonObject[];
}

export interface Rule {
  /** What waivers name; never changed once it is in use. */
  readonly id: string;
  /** The rule as one sentence about how things are when it holds. */
  readonly title: string;
  /** What goes wrong otherwise, with the source: CIS, AWS Foundational Security Best Practices (FSBP), Well-Architected, or a guide. */
  readonly why: string;
  /**
   * Terraform types. Besides resources: `data.<type>`, `output`, `terraform` and `provider.aws`; "*" for every resource.
   */
  readonly applies: readonly string[];
  readonly holds: (attributes: JsonObject, context: Context) => boolean;
  readonly remedy: string;
}

/** Whether an environment is held to the stricter rules. */
export function isProduction({ environment }: Context): boolean {
  return environment.profile === "production";
}

/** Bindings write some booleans as text, because Terraform knows a third state for them. */
export function isTrue(value: Json | undefined): boolean {
  return value === true || value === "true";
}

/** A reference to a resource inside a Terraform expression, whichever attribute it is about. */
export function refersTo(value: Json | undefined, address: string): boolean {
  if (typeof value !== "string") return false;
  const escaped = address.replace(/[.-]/g, "\\$&");
  // Not preceded by a dot: data.aws_s3_bucket.logs is another thing than aws_s3_bucket.logs.
  return new RegExp(`(^|[^\\w.-])${escaped}\\.`).test(value);
}
