/** Every catalogue entry, in every profile and example, against the chart's own files. */
import { describe, expect, test } from "@jest/globals";
import { Ajv } from "ajv";
import { type ChartName, chartVersions } from "../../../environments/chart-versions.ts";
import { catalogue } from "../../../modules/addons/catalogue/index.ts";
import { addonIds, variantsOf } from "../../support/addons.ts";
import { crdProblems } from "../../support/crd-schema.ts";
import { defaultsOf, definitionOf, missing, schemaOf, versionOf } from "../../support/shared-charts.ts";
import { unknownKeys } from "../../support/value-keys.ts";

const withFiles = missing ? describe.skip : describe;
const skipped = missing && ` (skipped: ${missing})`;
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, code: { optimize: false } });

/** Checks values against the chart's schema; compiled once, since every variant of every add-on asks. */
const validators = new Map<ChartName, ReturnType<typeof ajv.compile>>();
function validatorOf(chart: ChartName) {
  const known = validators.get(chart);
  const schema = known ? undefined : schemaOf(chart);
  if (!schema) return known;
  const { $schema: _, ...body } = schema;
  const validator = ajv.compile(body);
  validators.set(chart, validator);
  return validator;
}

/** What is wrong with values for a chart: by its schema where it has one, by its keys in any case. */
function valueProblems(chart: ChartName, values: object, free: readonly string[] = []): string[] {
  const keys = unknownKeys(values, defaultsOf(chart), free).map((path) => `no such key: ${path}`);
  const validate = validatorOf(chart);
  if (!validate) return keys;
  const wrong = validate(values) ? [] : (validate.errors ?? []);
  return [
    ...keys,
    ...wrong.filter(({ keyword }) => keyword !== "required").map(({ instancePath, message }) => `${instancePath} ${message}`),
  ];
}

withFiles(`values and custom resources fit their charts${skipped}`, () => {
  describe.each(addonIds)("%s", (id) => {
    const { chart, freeValues, definitions } = catalogue[id];
    const variants = variantsOf(id).map(({ title, planned }) => [title, planned] as const);

    test.each(variants)("%s", (_, { values, resources }) => {
      expect(chart ? valueProblems(chart, values, freeValues) : []).toEqual([]);
      expect(resources.flatMap(crdProblems)).toEqual([]);
    });

    test("its definitions' chart knows the values, too", () => {
      expect(definitions?.kind === "chart" ? valueProblems(definitions.chart, definitions.values) : []).toEqual([]);
    });
  });

  test("a misspelt key fails", () => {
    const values = { replicas: 2, podDisruptionBudgets: { enabled: true }, tls: { typ: "helm" } };
    expect(valueProblems("metrics-server", values)).toEqual(["no such key: podDisruptionBudgets", "no such key: tls.typ"]);
  });

  test.each([
    ["a field", { scheme: "internal", targetTyp: "ip" }, ["/spec must NOT have additional properties (targetTyp)"]],
    ["a value", { scheme: "private" }, ["/spec/scheme must be equal to one of the allowed values"]],
    ["nothing", { scheme: "internal" }, []],
  ])("a custom resource with %s misspelt", (_, spec, problems) => {
    const resource = { apiVersion: "elbv2.k8s.aws/v1beta1", kind: "IngressClassParams", metadata: { name: "alb" }, spec };
    expect(crdProblems(resource)).toEqual(problems);
  });

  test("a kind that no chart brings is told", () => {
    expect(crdProblems({ apiVersion: "elbv2.k8s.aws/v1", kind: "IngressClassParams" })).toHaveLength(1);
    expect(definitionOf("elbv2.k8s.aws/v1beta1", "IngressClassParams")).toBeDefined();
  });

  test("versions are those whose files these are", () => {
    const versions = Object.entries(chartVersions).map(([name, { version }]) => [name, version]);
    expect(versions).toEqual(versions.map(([name = ""]) => [name, versionOf(name)]));
  });
});
