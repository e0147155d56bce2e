/**
 * The golden path on a real API server, in a namespace that takes restricted pods only, and under the platform's own baseline of policies:
 * every object of every release, and its pods; and the application sets with Argo CD's definition. Dry runs, as `kubectl apply --server-side --dry-run=server --validate=strict`.
 */
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import type { KubernetesApi } from "../../rehearsal/kubernetes/api.ts";
import { applicationSet, environments } from "../gitops/services.ts";
import { definitionOf, missing } from "../support/shared-charts.ts";
import { enforceBaseline } from "./baseline.ts";
import { example, helm, type Manifest, manifests, releases } from "./golden-path.ts";
import { withKubernetes } from "./kubernetes-describe.ts";
import { administrator, eventually, identity, type Rehearsed, startPlane } from "./kubernetes-setup.ts";

// The first run fetches Helm and starts a control plane.
jest.setTimeout(300_000);

const definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

interface PodTemplate {
  readonly metadata: object;
  readonly spec: { readonly serviceAccountName: string; readonly volumes?: readonly object[] };
}
interface Workload {
  readonly template?: PodTemplate;
  readonly jobTemplate?: { readonly spec: { readonly template: PodTemplate } };
  readonly volumeClaimTemplates?: readonly { readonly metadata: { readonly name: string } }[];
}

/** Refused by one rule of the baseline, once it acts. By one only: of several the API server names any. */
const unlabelled = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "unlabelled" },
  spec: {
    selector: { matchLabels: { app: "x" } },
    template: {
      metadata: { labels: { app: "x" } },
      spec: { containers: [{ name: "x", image: "x:1", readinessProbe: { tcpSocket: { port: 80 } } }] },
    },
  },
};

/** The pod that a workload's controller would make. */
function podsOf({ kind, spec }: Manifest): Manifest[] {
  if (!["Deployment", "StatefulSet", "Rollout", "CronJob", "Job"].includes(kind)) return [];
  const { template, jobTemplate, volumeClaimTemplates = [] } = spec as Workload;
  const { metadata, spec: pod } = template ?? jobTemplate?.spec.template ?? { metadata: {}, spec: { serviceAccountName: "" } };
  // A pod is refused for an account that is not there yet, which says nothing of the pod.
  const { serviceAccountName: _, volumes = [], ...own } = pod;
  const claims = volumeClaimTemplates.map(({ metadata: { name } }) => ({ name, persistentVolumeClaim: { claimName: name } }));
  return [{ apiVersion: "v1", kind: "Pod", metadata: { ...metadata, name: "probe" }, spec: { ...own, volumes: [...volumes, ...claims] } }];
}

(helm.missing ? describe.skip : describe)(`with Helm${helm.missing && ` (skipped: ${helm.missing})`}`, () => {
  withKubernetes("a real API server", () => {
    let rehearsed: Rehearsed;
    let api: KubernetesApi;
    const paths = new Map<string, string>();

    const apply = async (manifest: Manifest, namespace = "shop", force = false) => {
      const { apiVersion, kind, metadata } = manifest;
      const base = apiVersion === "v1" ? "/api/v1" : `/apis/${apiVersion}`;
      const known = paths.get(`${base} ${kind}`);
      if (known === undefined) {
        const { resources } = await api.call<{ resources: { name: string; kind: string }[] }>({ method: "GET", path: base });
        for (const found of resources.filter(({ name }) => !name.includes("/"))) paths.set(`${base} ${found.kind}`, found.name);
      }
      const path = `${base}/namespaces/${namespace}/${paths.get(`${base} ${kind}`)}/${metadata.name}`;
      return api.call({
        method: "PATCH",
        path: `${path}?dryRun=All&fieldManager=argocd&force=${force}&fieldValidation=Strict`,
        body: manifest,
      });
    };

    /** Defines a kind with the schema that its chart has, where it is not Kubernetes' own. */
    const define = async (apiVersion: string, kind: string) => {
      const schema = definitionOf(apiVersion, kind);
      const [group = "", version] = apiVersion.split("/");
      if (!schema || version === undefined) return;
      const singular = kind.toLowerCase();
      const plural = `${singular}s`;
      const versions = [{ name: version, served: true, storage: true, schema: { openAPIV3Schema: schema } }];
      const spec = { group, scope: "Namespaced", names: { kind, plural, singular, listKind: `${kind}List` }, versions };
      await api.call({ method: "POST", path: definitions, body: { metadata: { name: `${plural}.${group}` }, spec } });
      await eventually(
        async () => api.call<{ resources: { kind: string }[] }>({ method: "GET", path: `/apis/${apiVersion}` }),
        ({ resources }) => resources.some((each) => each.kind === kind),
      );
    };

    beforeAll(async () => {
      rehearsed = await startPlane();
      await rehearsed.plane.start(identity("dev"));
      api = await administrator(rehearsed.plane, "dev");
      const labels = { "pod-security.kubernetes.io/enforce": "restricted" };
      await api.call({ method: "POST", path: "/api/v1/namespaces", body: { metadata: { name: "shop", labels } } });
      const kinds = new Map(
        releases.flatMap(([release, , files]) => manifests(release, files)).map((each) => [`${each.apiVersion} ${each.kind}`, each]),
      );
      for (const { apiVersion, kind } of missing ? [] : kinds.values()) await define(apiVersion, kind);
      if (!missing) await define("argoproj.io/v1alpha1", "ApplicationSet");
      await api.call({ method: "POST", path: "/api/v1/namespaces", body: { metadata: { name: "argocd" } } });
      await enforceBaseline(api, ["123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/"]);
      // The controller manager makes it a moment after the namespace; pods are refused before.
      await eventually(
        async () => api.call({ method: "GET", path: "/api/v1/namespaces/shop/serviceaccounts/default" }),
        () => true,
      );
      await eventually(
        async () => apply(unlabelled).then(String, String),
        (answer) => answer.includes("Set the labels app.kubernetes.io/name, team"),
      );
    });
    afterAll(async () => rehearsed?.close());

    test.each(releases)(`%s: %s is accepted${missing && ", but for custom resources"}`, async (release, _, files) => {
      const made = manifests(release, files).filter(
        ({ apiVersion }) => !missing || /^(v1|apps|batch|policy|autoscaling|networking)/.test(apiVersion),
      );
      const refused: string[] = [];
      for (const manifest of made) await apply(manifest).catch((error: Error) => refused.push(`${manifest.kind}: ${error.message}`));
      expect({ refused, some: made.length > 2 }).toEqual({ refused: [], some: true });
    });

    test.each(releases)("%s: %s has pods that restricted pod security takes", async (release, _, files) => {
      const pods = manifests(release, files).flatMap(podsOf);
      expect(pods).toHaveLength(1);
      for (const pod of pods) await expect(apply(pod)).resolves.toMatchObject({ kind: "Pod" });
    });

    (missing ? test.skip.each : test.each)(environments)(
      `the application set of %s is accepted${missing && ` (skipped: ${missing})`}`,
      async (name) => {
        await expect(apply(applicationSet(name), "argocd")).resolves.toMatchObject({ kind: "ApplicationSet" });
      },
    );

    // Argo CD compares by a server-side apply that keeps nothing (ServerSideDiff). A Service's selector is one value to it.
    test("what Argo Rollouts writes into a canary's Services is a difference to Argo CD, which the sets ignore", async () => {
      const made = manifests("shop-canary", [example("canary")]).filter(({ kind }) => kind === "Service");
      const [canary] = made.filter(({ metadata: { name } }) => name === "shop-canary-canary");
      const path = "/api/v1/namespaces/shop/services";
      const hash = "rollouts-pod-template-hash";
      await api.call({ method: "POST", path: `${path}?fieldManager=argocd`, body: canary });
      const { spec } = await api.call<{ spec: { selector: object } }>({ method: "GET", path: `${path}/shop-canary-canary` });
      const turned = { ...canary, spec: { selector: { ...spec.selector, [hash]: "65b8" } } };
      await api.call({ method: "PATCH", path: `${path}/shop-canary-canary?fieldManager=rollouts-controller&force=true`, body: turned });
      expect(await apply(canary as Manifest, "shop", true)).not.toHaveProperty(["spec", "selector", hash]);
      const ignored = { group: "", kind: "Service", jsonPointers: [`/spec/selector/${hash}`] };
      for (const name of environments)
        expect(applicationSet(name).spec.template).toMatchObject({ spec: { ignoreDifferences: [{}, ignored] } });
    });

    test("refuses such a pod as root, so that the others mean something", async () => {
      const [pod] = manifests("shop-web", [example("web")]).flatMap(podsOf);
      const open = { ...pod, spec: { ...(pod?.spec as object), securityContext: { runAsUser: 0 } } } as Manifest;
      await expect(apply(open)).rejects.toThrow(/violates PodSecurity "restricted:latest"/);
    });
  });
});
