/**
 * The golden path by Helm: every example is linted, rendered, and valid by the definitions of its custom resources; values that contradict each
 * other are refused by `helm lint` with their path. On a real API server: gitops-chart-api.test.ts.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, jest, test } from "@jest/globals";
import { parse } from "yaml";
import { teamKinds } from "../../modules/addons/catalogue/argo-cd/team-kinds.ts";
import { crdProblems } from "../support/crd-schema.ts";
import { missing } from "../support/shared-charts.ts";
import { chart, example, helm, type Manifest, manifests, releases, run, valuesOf } from "./golden-path.ts";

// The first run fetches Helm.
jest.setTimeout(120_000);

type Json = Readonly<Record<string, unknown>>;

/** A value that is taken out. */
const gone = Symbol("gone");

/** Values with others at some paths. */
function changed(values: Json, changes: Json): Json {
  return Object.entries(changes).reduce((all, [path, value]) => changedAt(all, path.split("."), value), values);
}

function changedAt(values: Json, [key = "", ...rest]: readonly string[], value: unknown): Json {
  const { [key]: old, ...others } = values;
  if (rest.length > 0) return { ...others, [key]: changedAt((old ?? {}) as Json, rest, value) };
  return value === gone ? others : { ...others, [key]: value };
}

const folder = mkdtempSync(join(tmpdir(), "mainline-chart-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const web = example("web");

(helm.missing ? describe.skip : describe)(`the golden path${helm.missing && ` (skipped: ${helm.missing})`}`, () => {
  test.each(releases)("%s: %s is linted without a complaint", (_, __, files) => {
    expect(run("lint", "--strict", "--quiet", chart, ...valuesOf(files))).toMatchObject({ ok: true });
  });

  test.each(releases)("%s: %s is of kinds that a team's project takes", (release, _, files) => {
    const outside = manifests(release, files).filter(({ apiVersion, kind }) => {
      const group = apiVersion.includes("/") ? apiVersion.split("/")[0] : "";
      return !teamKinds.some((each) => each.group === group && each.kind === kind);
    });
    expect(outside).toEqual([]);
  });

  // What a value may be by itself: test/gitops/chart-values.test.ts. Here: that lint says it, and what only templates can see.
  test.each([
    ["a tag that moves", { "image.tag": "latest" }, "/image/tag"],
    ["a misspelt key", { "ingres.hosts": ["x"] }, "additional properties 'ingres' not allowed"],
    ["fewest above most", { "autoscaling.min": 20 }, "autoscaling.min: 20 is above max 10"],
    ["nothing to scale by", { "autoscaling.cpu": gone }, "autoscaling: by what? Give cpu, memory or triggers"],
    ["no pods without a trigger", { "autoscaling.min": 0 }, "autoscaling.min: only triggers (KEDA) scale to 0"],
    ["no image", { "image.tag": gone, "image.digest": gone }, "image: give a tag, a digest, or both"],
    ["a port that is not there", { "metrics.port": "prom" }, 'metrics.port: there is no "prom" in ports, which has http, metrics'],
    ["ports without readiness", { "probes.readiness": gone }, "probes.readiness: needed with ports"],
    ["a load balancer that nothing lets in", { "network.from": gone }, "network.from: nothing lets the load balancer in"],
    ["storage of a Deployment", { "storage.data": { path: "/data", size: "1Gi" } }, "storage: only for kind StatefulSet"],
    ["a canary without steps", { kind: "Rollout" }, "canary.steps: a Rollout needs them"],
    ["a schedule of a Deployment", { "cron.schedule": "@daily" }, "cron: only for kind CronJob"],
    ["pods killed while they drain", { "shutdown.drainSeconds": 60 }, "shutdown.graceSeconds: must be above drainSeconds"],
    [
      "another team's secret",
      { "secrets.data.DATABASE_URL.path": "mainline/dev/billing/api" },
      "secrets: mainline/dev/billing/api is not the team's, whose store reads <project>/<environment>/shop/... alone",
    ],
    ["another team's load balancer", { "ingress.group": "billing" }, "ingress.group: billing could be another team's"],
    ["a variable twice", { "env.DATABASE_URL": "x" }, "env.DATABASE_URL: is in secrets.data, too"],
    ["several at once", { kind: "CronJob" }, "6 problems: ports: not for a CronJob"],
  ])("lint refuses %s, with the path", (name, changes, message) => {
    const file = join(folder, `${name.replaceAll(" ", "-")}.json`);
    writeFileSync(file, JSON.stringify(changed(parse(readFileSync(web, "utf8")), changes)));
    const { ok, text } = run("lint", chart, "--values", file);
    // Helm quotes names of templates.
    expect({ ok, said: text.replaceAll("\\", "") }).toEqual({ ok: false, said: expect.stringContaining(message) });
  });

  test("rendering tells people all problems and nothing else", () => {
    const { ok, text } = run("template", "shop-web", chart, "--values", web, "--set", "autoscaling.min=20,metrics.port=prom");
    expect(ok).toBe(false);
    expect(text).toMatch(/shop-web has 2 problems:\n {2}metrics\.port: .*\n {2}autoscaling\.min: .*\nNothing was rendered\./);
  });

  test.each([
    ["web", "another variable is new pods", "env.LOG_LEVEL=debug", false],
    ["web", "another file is new pods", "files.data.more=x", false],
    ["web", "another scale is none", "autoscaling.max=9", true],
    ["job", "another image is another job", "image.tag=1.4.3", false],
    ["job", "another alert is not", "alerts.enabled=false", true],
  ])("%s: %s", (name, _, set, same) => {
    const podsOf = (made: readonly Manifest[]) =>
      made.flatMap(({ kind, metadata, spec }) =>
        ["Deployment", "Job"].includes(kind) ? [{ name: metadata.name, template: (spec as { template: unknown }).template }] : [],
      );
    const before = podsOf(manifests("shop", [example(name)]));
    const after = podsOf(manifests("shop", [example(name)], "--set", set));
    expect(before).toHaveLength(1);
    expect(JSON.stringify(after) === JSON.stringify(before)).toBe(same);
    // A new chart version starts no pods anew.
    expect(JSON.stringify(before)).not.toContain("helm.sh/chart");
  });

  (missing ? test.skip.each : test.each)(releases)(
    `%s: %s satisfies the definitions of its custom resources${missing && ` (skipped: ${missing})`}`,
    (release, _, files) => expect(manifests(release, files).flatMap((manifest) => crdProblems(manifest))).toEqual([]),
  );
});
