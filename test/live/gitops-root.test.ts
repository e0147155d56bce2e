/**
 * What Argo CD starts with and what comes of it, on a real API server with the definitions of Argo CD's own chart: its projects, the root
 * application, everything that root brings, the applications that come of that. Whether each stays inside its project is decided as Argo CD
 * does ("Projects"). For whoever has the chart: a folder with argo-cd-<version>.tgz.
 *   MAINLINE_CHARTS=<folder> npm run test:live -- gitops-root
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { parseAllDocuments } from "yaml";
import { chartVersions } from "../../environments/chart-versions.ts";
import { loadEnvironments } from "../../environments/index.ts";
import { projectResources, rootApplication, rootSource } from "../../modules/addons/catalogue/argo-cd/objects.ts";
import { tenancyPlan } from "../../modules/tenancy/objects.ts";
import type { KubernetesApi } from "../../rehearsal/kubernetes/api.ts";
import { services } from "../gitops/services.ts";
import { applicationOf } from "./application-of.ts";
import { root } from "./command.ts";
import { helm, type Manifest, manifests, run } from "./golden-path.ts";
import { withKubernetes } from "./kubernetes-describe.ts";
import { administrator, eventually, identity, type Rehearsed, startPlane } from "./kubernetes-setup.ts";

jest.setTimeout(300_000);

const folder = process.env.MAINLINE_CHARTS ?? "";
const chart = join(folder, `argo-cd-${chartVersions["argo-cd"].version}.tgz`);
const missing = folder === "" ? "MAINLINE_CHARTS names no folder of charts" : !existsSync(chart) ? `${chart} is missing` : helm.missing;

const dev = loadEnvironments().find(({ name }) => name === "dev");
const options = dev?.addons["argo-cd"];
if (!dev || !options) throw new Error("dev has no Argo CD");

interface Project {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly sourceRepos: readonly string[];
    readonly destinations: readonly { readonly server: string; readonly namespace: string }[];
    readonly namespaceResourceWhitelist?: readonly { readonly group: string; readonly kind: string }[];
  };
}
interface Application {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly project: string;
    readonly destination: { readonly server: string; readonly namespace: string };
    readonly source?: { readonly repoURL: string };
    readonly sources?: readonly { readonly repoURL: string }[];
  };
}

/** As Argo CD matches repositories: `*` stays within a part of the path, and ".git" is no difference. */
function matches(pattern: string, url: string): boolean {
  const plain = (text: string) => text.replace(/\.git$/, "");
  const escaped = plain(pattern).replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", "[^/]*")}$`).test(plain(url));
}

/** Why a project would not take an application and what it brings; empty where it does. */
function outside({ spec }: Application, project: Project | undefined, brought: readonly Manifest[]): string[] {
  if (!project) return [`there is no project ${spec.project}`];
  const { sourceRepos, destinations, namespaceResourceWhitelist = [] } = project.spec;
  const urls = (spec.sources ?? [spec.source]).flatMap((source) => (source ? [source.repoURL] : []));
  const { server, namespace } = spec.destination;
  return [
    ...urls.filter((url) => !sourceRepos.some((pattern) => matches(pattern, url))),
    ...(destinations.some((each) => each.server === server && each.namespace === namespace) ? [] : [`${server} ${namespace}`]),
    ...brought.flatMap(({ apiVersion, kind }) => {
      const group = apiVersion.includes("/") ? apiVersion.split("/")[0] : "";
      return namespaceResourceWhitelist.some((each) => each.group === group && each.kind === kind) ? [] : [`${group}/${kind}`];
    }),
  ];
}

(missing ? describe.skip : describe)(`the root application${missing && ` (skipped: ${missing})`}`, () => {
  withKubernetes("on a real API server", () => {
    let rehearsed: Rehearsed;
    let api: KubernetesApi;

    const apply = async (object: object, path: string) =>
      api.call<object>({ method: "PATCH", path: `${path}?fieldManager=argocd&force=true&fieldValidation=Strict`, body: object });
    const plurals: Readonly<Record<string, string>> = {
      Application: "applications",
      ApplicationSet: "applicationsets",
      AppProject: "appprojects",
    };
    const applied = async (object: object) => {
      const { apiVersion, kind, metadata } = object as Manifest;
      return apply(object, `/apis/${apiVersion}/namespaces/argocd/${plurals[kind]}/${metadata.name}`);
    };
    const projects = async () =>
      new Map(
        (
          await api.call<{ items: Project[] }>({ method: "GET", path: "/apis/argoproj.io/v1alpha1/namespaces/argocd/appprojects" })
        ).items.map((project) => [project.metadata.name, project]),
      );
    /** What root syncs. */
    const brought = () =>
      readdirSync(join(root, rootSource(options, dev).path)).flatMap((file) =>
        parseAllDocuments(readFileSync(join(root, rootSource(options, dev).path, file), "utf8")).map((each) => each.toJS() as Manifest),
      );

    beforeAll(async () => {
      rehearsed = await startPlane();
      await rehearsed.plane.start(identity("dev"));
      api = await administrator(rehearsed.plane, "dev");
      const { ok, out, text } = run("template", "argocd", chart, "--namespace", "argocd", "--set", "crds.install=true");
      if (!ok) throw new Error(text);
      const definitions = parseAllDocuments(out).flatMap((each) => (each.contents === null ? [] : [each.toJS() as Manifest]));
      for (const each of definitions.filter(({ kind }) => kind === "CustomResourceDefinition")) {
        await apply(each, `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${each.metadata.name}`);
      }
      await api.call({ method: "POST", path: "/api/v1/namespaces", body: { metadata: { name: "argocd" } } });
      await eventually(
        async () =>
          api.call<{ resources: { kind: string }[] }>({ method: "GET", path: "/apis/argoproj.io/v1alpha1" }).catch(() => undefined),
        (found) => Object.keys(plurals).every((kind) => found?.resources.some((each) => each.kind === kind)),
      );
      const own = [...projectResources(options, dev), ...tenancyPlan(dev).teams.flatMap(({ resources }) => resources)];
      for (const project of own.filter(({ kind }) => kind === "AppProject")) await applied(project);
    });
    afterAll(async () => rehearsed?.close());

    test("is accepted, and stays with all that it brings inside its project", async () => {
      const application = (await applied(rootApplication(options, dev))) as Application;
      expect(brought().length).toBeGreaterThan(1);
      expect(outside(application, (await projects()).get(application.spec.project), brought())).toEqual([]);
      for (const object of brought()) await expect(applied(object)).resolves.toMatchObject({ kind: object.kind });
    });

    const inDev = services.filter(([, environment]) => environment === "dev");
    test.each(inDev)("%s in %s: accepted, and inside its team's project", async (name, environment, service) => {
      const application = (await applied(applicationOf(environment, { ...service, path: { basename: name } }).application)) as Application;
      // What it brings is known of the samples, whose values are here.
      const files = (service.valueFiles ?? []).map((file) => join(root, "gitops/config", file)).filter((file) => existsSync(file));
      const made = files.length > 0 ? manifests(name, files) : [];
      expect(outside(application, (await projects()).get(service.project), made)).toEqual([]);
    });

    test("an application of another team, of no team, or of somebody else's repository stays outside", async () => {
      const [[name, environment, service] = ["", "dev", undefined]] = inDev;
      if (!service) throw new Error("dev has no service");
      const known = await projects();
      const tried = (change: object) => {
        const { application } = applicationOf(environment, { ...service, ...change, path: { basename: name } });
        const { spec } = application as unknown as Application;
        return outside({ metadata: { name }, spec }, known.get(spec.project), []);
      };
      const server = "https://kubernetes.default.svc";
      expect(tried({ namespace: "billing" })).toEqual([`${server} billing`]);
      expect(tried({ project: "billing" })).toEqual(expect.arrayContaining([`${server} shop`]));
      // As soon as root was synced: Argo CD's own default would take everything.
      expect(tried({ project: "default" })).toEqual(expect.arrayContaining([`${server} shop`, service.source.repository]));
      const source = { ...service.source, repository: "https://github.com/somebody/shop-config.git" };
      expect(tried({ source })).toEqual(["https://github.com/somebody/shop-config.git"]);
    });
  });
});
