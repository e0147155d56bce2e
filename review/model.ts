/**
 * The words of a review. Plans come in as `StackPlan`, detectors turn them into `Finding`s, a policy turns findings into a `Verdict`, and
 * renderers print a `Review`. Everything here is data; nothing but `cli/` prints it. Fields of Terraform's plan JSON: terraform.io, "JSON
 * Output Format".
 */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** Keys and indexes from the resource down to a value, as in Terraform's `replace_paths`. */
export type Path = readonly (string | number)[];

/** What happens to one object. `replace` is both orders of delete and create; `forget` leaves the object and drops it from the state. */
export type Action = "create" | "update" | "replace" | "delete" | "read" | "forget" | "no-op";

/** One leaf, or one subtree that exists on one side only. */
export interface AttributeChange {
  readonly path: Path;
  readonly before: Json;
  readonly after: Json;
  /** The new value is known after apply: neither unchanged nor safe. */
  readonly unknown: boolean;
  /** Either side is sensitive by Terraform's maps; `before` and `after` hold a mark instead of the value. */
  readonly sensitive: boolean;
  /** It is this attribute that forces the replacement. */
  readonly forcesReplacement: boolean;
}

export interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  /** For example registry.terraform.io/hashicorp/aws. */
  readonly provider: string;
  readonly action: Action;
  /** Only for `replace`: the new object is made before the old one goes. */
  readonly createBeforeDestroy: boolean;
  /** Terraform's word, for example replace_because_cannot_update or delete_because_no_resource_config. */
  readonly reason: string | undefined;
  /** Where a `moved` block took it from. */
  readonly movedFrom: string | undefined;
  /** Id of an object that is imported. */
  readonly importing: string | undefined;
  /** Key of an object that an interrupted replacement left behind; its delete is the end of that replacement. */
  readonly deposed: string | undefined;
  /** Redacted: sensitive values are marks. Null where the object does not exist on that side. */
  readonly before: JsonObject | null;
  /** Redacted, without what is known after apply. */
  readonly after: JsonObject | null;
  /** True at every path that is known only after apply. */
  readonly unknown: JsonObject;
  /** Semantic differences, JSON texts compared as data; empty for create, delete and no-op. */
  readonly attributes: readonly AttributeChange[];
}

/** A value that other stacks read: a key that vanishes or changes its type breaks them. */
export interface OutputChange {
  readonly name: string;
  readonly action: Action;
  readonly before: Json;
  readonly after: Json;
  readonly unknown: boolean;
}

/** One object of a whole side of the plan, for questions about the result and not the change; redacted. */
export interface PlannedResource {
  readonly address: string;
  readonly type: string;
  readonly values: JsonObject;
}

export type Outcome = "planned" | "deferred" | "failed" | "not affected";

/** What is known of one stack. Only `planned` has changes. */
export interface StackPlan {
  /** For example dev-network. */
  readonly id: string;
  readonly environment: string;
  readonly stack: string;
  readonly outcome: Outcome;
  /** Why it is deferred or failed. */
  readonly because: string | undefined;
  readonly changes: readonly ResourceChange[];
  /** What somebody changed behind Terraform's back, without what AWS itself fills in (plan/drift.ts). */
  readonly drift: readonly ResourceChange[];
  readonly outputs: readonly OutputChange[];
  /** All managed objects as they are, and as they will be. */
  readonly present: readonly PlannedResource[];
  readonly planned: readonly PlannedResource[];
  /** Addresses that an expression of a resource refers to, by address: which rule uses which prefix list, which policy which role. */
  readonly references: Readonly<Record<string, readonly string[]>>;
  /** Outputs of other stacks of the environment that it reads, by stack. */
  readonly reads: Readonly<Record<string, readonly string[]>>;
  /** False where Terraform put changes off, or was asked for a part only (`-target`): what is missing here may still come. */
  readonly complete: boolean;
  /** Addresses of changes that were put off, with Terraform's reason. */
  readonly putOff: readonly string[];
  /** Checks and conditions that do not hold. */
  readonly failedChecks: readonly FailedCheck[];
  readonly freshness: Freshness | undefined;
}

/** A `check` block, a precondition or a postcondition that failed or could not be decided. */
export interface FailedCheck {
  readonly address: string;
  readonly status: "fail" | "error";
  readonly messages: readonly string[];
}

/** What the plan was made from; the reviewer sees how old it is. */
export interface Freshness {
  /** As people write it: short, with a word on uncommitted changes. */
  readonly commit: string | undefined;
  /** ISO 8601. */
  readonly plannedAt: string | undefined;
  readonly stateSerial: number | undefined;
}

/** How bad it can get, before any policy: loses data or opens a door; wants a look; good to know. */
export type Danger = "danger" | "caution" | "info";

/** What a detector saw. The same facts give the same finding: no clock, no order. */
export interface Finding {
  /** Stable id of the kind, for policy and tests: for example iam-trust-widened. */
  readonly rule: string;
  readonly danger: Danger;
  readonly stack: string;
  readonly environment: string;
  readonly address: string;
  /** One line: what happens, with the names that matter. */
  readonly title: string;
  /** Why that matters, with its source where there is one. */
  readonly because: string;
  /** Facts, one per line: the statement, the CIDR and ports, the attribute and its two values. */
  readonly details: readonly string[];
  /** What to do instead, or what to check. */
  readonly remedy: string | undefined;
}

/** Looks at one stack's plan. Pure; never throws on odd values of a plan: what it cannot read, it reports as a caution. */
export type Detector = (plan: StackPlan) => readonly Finding[];

export type Verdict =
  | { readonly kind: "allow" }
  | { readonly kind: "approval"; readonly groups: readonly string[] }
  | { readonly kind: "block" };

/** Looks at all plans of a review at once: what one stack takes away may be what another needs. */
export type SetDetector = (plans: readonly StackPlan[]) => readonly Finding[];

/** A finding with what the policy says of it. */
export interface Judged extends Finding {
  readonly verdict: Verdict;
  /** Set where somebody took responsibility: who and why, kept in the comment. */
  readonly override: { readonly by: string; readonly reason: string } | undefined;
}
