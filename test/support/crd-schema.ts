/** Custom resources against the schema of their definition. Stricter than the API server, which drops unknown fields without a word. */
import { Ajv, type ErrorObject } from "ajv";
import { addonNames } from "../../environments/versions.ts";
import { definitionsOf } from "../../rehearsal/kubernetes/addon-kinds.ts";
import { definitionOf, isMap } from "./shared-charts.ts";

/** Kinds of Kubernetes itself: no definition exists, and the API server checks them in the rehearsal. */
const builtIn = /^(v1|apps\/v1|batch\/v1|policy\/v1|autoscaling\/v[12]|[a-z.]+\.k8s\.io\/v\w+)$/;
/** Groups below k8s.io that are not Kubernetes' own. */
const foreign = /^(elbv2|gateway|aga|snapshot\.storage|karpenter|autoscaling)\.k8s\.(io|aws)\//;

// OpenAPI's formats (int32, date-time) say no more than the types do. To optimize code that runs a few times takes longer than to run it.
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, code: { optimize: false } });

const checked = new Map<string, string[]>();

/**
 * What is wrong with an object, as text; empty where nothing is. `unknown kind` where no chart has its definition. Variants of an add-on mostly
 * have the same objects, and each takes a schema of its own.
 */
export function crdProblems(resource: CustomResource): string[] {
  const key = JSON.stringify(resource);
  const problems = checked.get(key) ?? problemsOf(resource);
  checked.set(key, problems);
  return problems;
}

interface CustomResource {
  readonly apiVersion: string;
  readonly kind: string;
}

function problemsOf(resource: CustomResource): string[] {
  const { apiVersion, kind } = resource;
  if (builtIn.test(apiVersion) && !foreign.test(apiVersion)) return [];
  const schema = definitionOf(apiVersion, kind) ?? playedSchema(apiVersion, kind);
  if (!schema) return [`unknown kind ${apiVersion} ${kind}`];
  const validate = ajv.compile(closed(schema, [resource], true));
  return validate(resource) ? [] : (validate.errors ?? []).map(problemText);
}

/** Kinds that come with an EKS add-on: no chart has them, the rehearsal does. */
function playedSchema(apiVersion: string, kind: string): unknown {
  const played = definitionsOf(addonNames) as readonly {
    readonly spec: {
      readonly group: string;
      readonly names: { readonly kind: string };
      readonly versions: readonly { readonly name: string; readonly schema: { readonly openAPIV3Schema: object } }[];
    };
  }[];
  const found = played.find(({ spec }) => spec.names.kind === kind && `${spec.group}/${spec.versions[0]?.name}` === apiVersion);
  return found?.spec.versions[0]?.schema.openAPIV3Schema;
}

function problemText({ instancePath, message, params }: ErrorObject): string {
  const extra = "additionalProperty" in params ? ` (${params.additionalProperty})` : "";
  return `${instancePath || "/"} ${message}${extra}`;
}

/**
 * Objects that list their properties take no others; `metadata` is the API server's. Properties that none of the values has are left out:
 * they decide nothing, and to compile a whole definition takes up to a second.
 */
function closed(schema: unknown, values: readonly unknown[], root = false): object {
  if (!isMap(schema)) return {};
  const { properties, items, additionalProperties, ...rest } = schema;
  const keepsUnknown = schema["x-kubernetes-preserve-unknown-fields"] === true || schema["x-kubernetes-embedded-resource"] === true;
  const { nullable, pattern, ...plain } = rest as { nullable?: boolean; pattern?: unknown } & Record<string, unknown>;
  const intOrString = schema["x-kubernetes-int-or-string"] === true;
  const body = {
    ...plain,
    // Go's flags inside an expression are a syntax error in JavaScript; the API server checks those.
    ...(typeof pattern === "string" && !pattern.includes("(?i)") && { pattern }),
    ...(intOrString && { type: undefined, anyOf: [{ type: "integer" }, { type: "string" }] }),
    ...(isMap(properties) && {
      properties: Object.fromEntries(
        Object.entries(properties).flatMap(([name, child]) => {
          const below = values.flatMap((value) => (isMap(value) && Object.hasOwn(value, name) ? [value[name]] : []));
          return below.length > 0 ? [[name, root && name === "metadata" ? {} : closed(child, below)]] : [];
        }),
      ),
    }),
    ...(isMap(properties) && !keepsUnknown && !root && additionalProperties === undefined && { additionalProperties: false }),
    ...(items !== undefined && { items: closed(items, values.flat()) }),
    ...(isMap(additionalProperties) && {
      additionalProperties: closed(
        additionalProperties,
        values.flatMap((value) => (isMap(value) ? Object.values(value) : [])),
      ),
    }),
  };
  const clean = JSON.parse(JSON.stringify(body));
  return nullable ? { anyOf: [clean, { type: "null" }] } : clean;
}
