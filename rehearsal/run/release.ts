/**
 * What lets a rehearsal destroy what the product protects: an override file beside the product's JSON, never a change of it, and written
 * only when everything was applied and planned as it is. Real environments are never destroyed this way.
 */
import type { TerraformResources } from "./terraform-resources.ts";

/** Attributes that keep a resource or its content from being deleted, and the value that lets go. */
const guards: Readonly<Record<string, Readonly<Record<string, boolean | number>>>> = {
  aws_s3_bucket: { force_destroy: true },
  aws_ecr_repository: { force_delete: true },
  aws_eks_cluster: { deletion_protection: false },
  aws_lb: { enable_deletion_protection: false },
  aws_athena_workgroup: { force_destroy: true },
  aws_backup_vault: { force_destroy: true },
  aws_route53_zone: { force_destroy: true },
  aws_dynamodb_table: { deletion_protection_enabled: false },
};
/** Only these exist whether set or not; the others are let go only where the JSON sets them, since older providers do not know them. */
const alwaysGuarded = new Set(["aws_s3_bucket", "aws_ecr_repository"]);

export interface Release {
  /** Content of an `*_override.tf.json`. */
  readonly override: { readonly resource: TerraformResources };
  /** Whether an attribute changes, which an apply must bring to AWS first. `prevent_destroy` alone is only in the configuration. */
  readonly needsApply: boolean;
}

export function release(resources: TerraformResources): Release {
  const override: Record<string, Record<string, Record<string, unknown>>> = {};
  let needsApply = false;
  for (const [type, instances] of Object.entries(resources)) {
    for (const [name, attributes] of Object.entries(instances)) {
      const changed = Object.entries(guards[type] ?? {}).filter(
        ([key, value]) => attributes[key] !== value && (key in attributes || alwaysGuarded.has(type)),
      );
      const prevented = (attributes.lifecycle as { prevent_destroy?: boolean } | undefined)?.prevent_destroy === true;
      if (changed.length === 0 && !prevented) continue;
      needsApply ||= changed.length > 0;
      override[type] ??= {};
      override[type][name] = { ...Object.fromEntries(changed), ...(prevented && { lifecycle: { prevent_destroy: false } }) };
    }
  }
  return { override: { resource: override }, needsApply };
}
