/** Charts' own data files in ../shared/charts: defaults, schemas, definitions. Only tests read them, and skip by name where they are missing. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

const folder = join(import.meta.dirname, "../../../shared/charts");

/** Empty where the folder is there; else why tests skip. */
export const missing = existsSync(join(folder, "index.yaml")) ? "" : "../shared/charts is not here";

type Json = Readonly<Record<string, unknown>>;

let versions: ReadonlyMap<string, string> | undefined;

export function versionOf(chart: string): string | undefined {
  versions ??= new Map(
    (parse(readFileSync(join(folder, "index.yaml"), "utf8")) as { charts: { name: string; version: string }[] }).charts.map(
      ({ name, version }) => [name, version],
    ),
  );
  return versions.get(chart);
}

const defaults = new Map<string, Json>();

/** The chart's defaults, with those of its subcharts below their names. */
export function defaultsOf(chart: string): Json {
  const found = defaults.get(chart) ?? withSubcharts(join(folder, chart));
  defaults.set(chart, found);
  return found;
}

function withSubcharts(path: string): Json {
  const own: Json = parse(readFileSync(join(path, "values.yaml"), "utf8")) ?? {};
  const charts = join(path, "charts");
  const subs = existsSync(charts) ? readdirSync(charts).filter((name) => existsSync(join(charts, name, "values.yaml"))) : [];
  const nested = subs.map((name) => {
    const below = withSubcharts(join(charts, name));
    return [name, isMap(own[name]) ? deepMerged(below, own[name]) : below] as const;
  });
  return { ...own, ...Object.fromEntries(nested) };
}

export function schemaOf(chart: string): Json | undefined {
  const path = join(folder, chart, "values.schema.json");
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined;
}

/** As Helm merges a parent's values over its subchart's: key by key. */
function deepMerged(under: Json, over: Json): Json {
  const entries = Object.entries(over).map(([key, value]) => {
    const below = under[key];
    return [key, isMap(value) && isMap(below) ? deepMerged(below, value) : value] as const;
  });
  return { ...under, ...Object.fromEntries(entries) };
}

interface Definition {
  readonly kind?: string;
  readonly spec?: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly { readonly name: string; readonly served: boolean; readonly schema?: { readonly openAPIV3Schema: Json } }[];
  };
}

let texts: ReadonlyMap<string, readonly string[]> | undefined;
const schemas = new Map<string, Json | undefined>();

/** The schema of a kind; undefined where no chart brings it. Only files that name the kind are parsed: all of them are 10 s of YAML. */
export function definitionOf(apiVersion: string, kind: string): Json | undefined {
  const id = `${apiVersion} ${kind}`;
  if (!schemas.has(id)) schemas.set(id, schemaIn(apiVersion, kind));
  return schemas.get(id);
}

function schemaIn(apiVersion: string, kind: string): Json | undefined {
  texts ??= textsByKind();
  const [group = "", version = ""] = apiVersion.split("/");
  const named = new RegExp(`^ +kind: ${kind}$`, "m");
  const definitions = (texts.get(kind) ?? [])
    .filter((text) => text.includes(group))
    .flatMap((text) => text.split(/^---.*$/m).filter((document) => named.test(document)))
    .map((document) => parse(document) as Definition);
  const { spec } = definitions.find((found) => found.spec?.group === group && found.spec.names.kind === kind) ?? {};
  return spec?.versions.find(({ name, served }) => name === version && served)?.schema?.openAPIV3Schema;
}

/** Files with definitions, by the kinds that they name: 30 MB, read and searched once. */
function textsByKind(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => /(^|\/)crds\/.*\.ya?ml$/.test(path))) {
    const text = readFileSync(join(folder, name), "utf8");
    const kinds = new Set([...text.matchAll(/^ +kind: (\w+)$/gm)].map(([, kind = ""]) => kind));
    for (const kind of kinds) found.set(kind, [...(found.get(kind) ?? []), text]);
  }
  return found;
}

export function isMap(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
