/**
 * Import blocks for what a bootstrap made and no state knows. The key has no name of its own: its alias leads to it. What hangs on the
 * bucket (versioning, policy, encryption ...) is put, not created, so Terraform may simply do it again.
 */
import type { Diagnostic } from "./messages.ts";

export interface StateJson {
  readonly terraform: { readonly backend: { readonly s3: { readonly bucket: string } } };
  readonly resource: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
}

export interface Adoption {
  /** What would be taken over. */
  readonly addresses: readonly string[];
  /** Content of a .tf.json file beside cdk.tf.json. */
  readonly file: object;
  /** Data sources that were left out. */
  readonly skipped: ReadonlySet<string>;
  /** Which data sources found nothing, by the diagnostics of a plan. */
  absent(diagnostics: readonly Diagnostic[]): string[];
}

const bucketLookup = "data.aws_s3_bucket.adopted";
const aliasLookup = "data.aws_kms_alias.adopted";

/** Looks up the bucket and the alias where `known` (addresses in the state) lacks them, except what `skipped` found missing. */
export function adoption(json: StateJson, known: ReadonlySet<string>, skipped: ReadonlySet<string>): Adoption {
  const { bucket } = json.terraform.backend.s3;
  const data: Record<string, object> = {};
  const imports: { to: string; id: string }[] = [];
  const bucketAddress = find(json, "aws_s3_bucket", (attributes) => attributes.bucket === bucket);
  if (bucketAddress && !known.has(bucketAddress) && !skipped.has(bucketLookup)) {
    data.aws_s3_bucket = { adopted: { bucket } };
    imports.push({ to: bucketAddress, id: reference("data.aws_s3_bucket.adopted.id") });
  }
  const aliasAddress = find(json, "aws_kms_alias", () => true);
  const keyAddress = find(json, "aws_kms_key", () => true);
  if (aliasAddress && keyAddress && !known.has(aliasAddress) && !skipped.has(aliasLookup)) {
    const [type = "", name = ""] = aliasAddress.split(".");
    data.aws_kms_alias = { adopted: { name: json.resource[type]?.[name]?.name } };
    imports.push({ to: aliasAddress, id: reference("data.aws_kms_alias.adopted.name") });
    if (!known.has(keyAddress)) imports.push({ to: keyAddress, id: reference("data.aws_kms_alias.adopted.target_key_id") });
  }
  return {
    addresses: imports.map(({ to }) => to),
    file: { data, import: imports },
    skipped,
    absent: (diagnostics) => {
      const lookups = diagnostics.filter(({ summary, detail }) => isNotFound(`${summary}\n${detail}`)).map(({ address }) => address);
      return [bucketLookup, aliasLookup].filter((lookup) => lookups.includes(lookup));
    },
  };
}

const reference = (path: string) => `\${${path}}`;

function find(json: StateJson, type: string, matches: (attributes: Readonly<Record<string, unknown>>) => boolean): string | undefined {
  const name = Object.entries(json.resource[type] ?? {}).find(([, attributes]) => matches(attributes))?.[0];
  return name && `${type}.${name}`;
}

/** Wording of the AWS provider's lookups, 5.100 and 6.x. Anything else, such as a bucket of another account, is a real problem. */
function isNotFound(text: string): boolean {
  return /empty result|couldn't find resource|NotFound|StatusCode: 404/.test(text);
}
