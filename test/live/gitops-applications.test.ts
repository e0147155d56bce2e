/**
 * What the application sets make of gitops/services: their templates run by Helm, which has the same engine and functions (Go templates, sprig),
 * and the applications against Argo CD's definition.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, jest, test } from "@jest/globals";
import { parseAllDocuments, stringify } from "yaml";
import { applicationSet, environments, type Json, services } from "../gitops/services.ts";
import { crdProblems } from "../support/crd-schema.ts";
import { isMap, missing } from "../support/shared-charts.ts";
import { helm } from "./golden-path.ts";

jest.setTimeout(120_000);

const folder = mkdtempSync(join(tmpdir(), "mainline-applications-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As the controller does: the template, with the patch merged over it. */
function merged(under: Json, over: Json): Json {
  const entries = Object.entries(over).map(([key, value]) => {
    const below = under[key];
    return [key, isMap(below) && isMap(value) ? merged(below, value) : value];
  });
  return { ...under, ...Object.fromEntries(entries) };
}

let count = 0;
function applicationOf(environment: string, parameters: Json): { readonly ok: boolean; readonly application: Json; readonly said: string } {
  const chart = join(folder, `chart-${count++}`);
  const { template, templatePatch } = applicationSet(environment).spec;
  mkdirSync(join(chart, "templates"), { recursive: true });
  writeFileSync(join(chart, "Chart.yaml"), "apiVersion: v2\nname: set\nversion: 0.0.0\n");
  const body = { apiVersion: "argoproj.io/v1alpha1", kind: "Application", ...template };
  writeFileSync(join(chart, "templates/body.yaml"), `{{- with .Values }}\n${stringify(body)}{{- end }}\n`);
  writeFileSync(join(chart, "templates/patch.yaml"), `{{- with .Values }}\n${templatePatch}{{- end }}\n`);
  writeFileSync(join(chart, "values.yaml"), stringify(parameters));
  const { status, stdout, stderr } = spawnSync(helm.path, ["template", "set", chart], { encoding: "utf8" });
  const made = parseAllDocuments(stdout).map((document) => document.toJS() as Json);
  const application = made.find(({ kind }) => kind === "Application") ?? {};
  const patch = made.find(({ kind }) => kind === undefined) ?? {};
  return { ok: status === 0, application: merged(application, patch), said: stderr };
}

(helm.missing ? describe.skip : describe)(`applications${helm.missing && ` (skipped: ${helm.missing})`}`, () => {
  test.each(services)("%s in %s: one, from the chart at its revision and the values at theirs", (name, environment, service) => {
    const { application, said } = applicationOf(environment, { ...service, path: { basename: name } });
    expect(said).toBe("");
    expect(application).toMatchObject({
      metadata: { name },
      spec: {
        project: service.project,
        destination: { namespace: service.namespace },
        sources: [
          {
            repoURL: service.source.repository,
            path: service.source.path,
            targetRevision: service.source.revision,
            helm: { valueFiles: service.valueFiles?.map((file) => `$values/${file}`) },
          },
          { repoURL: service.values?.repository, targetRevision: service.values?.revision, ref: "values" },
        ],
      },
    });
    expect(missing ? [] : crdProblems(application as { apiVersion: string; kind: string })).toEqual([]);
  });

  test.each(environments)("%s: a service with a repository of its own has one source, with or without value files", (environment) => {
    const own = {
      path: { basename: "legacy" },
      project: "shop",
      namespace: "shop",
      source: { repository: "https://github.com/example/shop-legacy.git", path: "deploy", revision: "main" },
    };
    const { application: plain } = applicationOf(environment, own);
    expect(plain.spec).toMatchObject({ source: { repoURL: own.source.repository, path: "deploy", targetRevision: "main" } });
    expect(plain.spec).not.toHaveProperty("source.helm");
    expect(plain.spec).not.toHaveProperty("sources");
    const { application } = applicationOf(environment, { ...own, valueFiles: ["values.yaml"] });
    expect(application.spec).toMatchObject({ source: { helm: { valueFiles: ["values.yaml"] } } });
    expect(missing ? [] : crdProblems(application as { apiVersion: string; kind: string })).toEqual([]);
  });

  test("a file without its source is an error, and no application", () => {
    expect(applicationOf("dev", { path: { basename: "shop" }, project: "shop", namespace: "shop" })).toMatchObject({ ok: false });
  });
});
