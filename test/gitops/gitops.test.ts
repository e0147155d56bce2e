/** What Argo CD finds below gitops/ satisfies its definitions, and every environment with Argo CD has its folder. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { parseAllDocuments } from "yaml";
import { loadEnvironments } from "../../environments/index.ts";
import { rootSource } from "../../modules/addons/catalogue/argo-cd/objects.ts";
import { platformProject } from "../../modules/addons/catalogue/argo-cd/policy.ts";
import { crdProblems } from "../support/crd-schema.ts";
import { missing } from "../support/shared-charts.ts";

const folder = join(import.meta.dirname, "../..");
const files = readdirSync(join(folder, "gitops/environments"), { recursive: true, encoding: "utf8" }).filter((name) =>
  name.endsWith(".yaml"),
);

interface Found {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

function objectsOf(file: string): Found[] {
  return parseAllDocuments(readFileSync(join(folder, "gitops/environments", file), "utf8")).map((document) => document.toJS() as Found);
}

const withFiles = missing ? describe.skip : describe;

withFiles(`definitions${missing && ` (skipped: ${missing})`}`, () => {
  test.each(files)("%s", (file) => expect(objectsOf(file).flatMap(crdProblems)).toEqual([]));
});

test.each(files)("%s brings only what the project of the root application may bring", (file) => {
  const outside = objectsOf(file).filter(
    ({ kind, metadata }) => !["AppProject", "Application", "ApplicationSet"].includes(kind) || metadata.namespace !== "argocd",
  );
  expect({ project: platformProject, outside }).toEqual({ project: platformProject, outside: [] });
});

test("every environment with Argo CD has the folder of its root application", () => {
  const roots = loadEnvironments().flatMap((environment) => {
    const options = environment.addons["argo-cd"];
    return options && options.root.repository === undefined ? [rootSource(options, environment).path] : [];
  });
  expect(roots.filter((path) => !existsSync(join(folder, path)))).toEqual([]);
});

test.each(readdirSync(join(folder, "gitops/environments")))("%s closes the project that Argo CD itself leaves open", (environment) => {
  const [project] = objectsOf(`${environment}/default-project.yaml`);
  const everything = [{ group: "*", kind: "*" }];
  expect(project).toMatchObject({
    kind: "AppProject",
    metadata: { name: "default" },
    spec: { sourceRepos: [], destinations: [], clusterResourceWhitelist: [], namespaceResourceBlacklist: everything },
  });
});
