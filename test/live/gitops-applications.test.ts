/** What the application sets make of gitops/services, and the applications against Argo CD's definition. */
import { describe, expect, jest, test } from "@jest/globals";
import { environments, services } from "../gitops/services.ts";
import { crdProblems } from "../support/crd-schema.ts";
import { missing } from "../support/shared-charts.ts";
import { applicationOf } from "./application-of.ts";
import { helm } from "./golden-path.ts";

jest.setTimeout(120_000);

(helm.missing ? describe.skip : describe)(`applications${helm.missing && ` (skipped: ${helm.missing})`}`, () => {
  const withValues = services.filter(([, , { values }]) => values !== undefined);
  test.each(withValues)("%s in %s: one, from the chart at its revision and the values at theirs", (name, environment, service) => {
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
