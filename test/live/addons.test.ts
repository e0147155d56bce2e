/**
 * The whole catalogue with the real charts, the real Helm and Kubernetes providers and a real API server: installed, planned again, one add-on
 * taken out, values broken and mended, destroyed. For whoever has charts: `MAINLINE_CHARTS=<folder> npm run test:live -- addons`, with
 * <chart>-<version>.tgz of every line of environments/chart-versions.ts that the catalogue uses. Takes eight minutes.
 */
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { execa } from "execa";
import dev from "../../environments/dev.ts";
import { parseEnvironments } from "../../environments/parse.ts";
import type { EnvironmentInput } from "../../environments/schema.ts";
import { resourcesOf, type TerraformJson } from "../../modules/terraform-json.ts";
import { findings, type RehearsalResult } from "../../rehearsal/report.ts";
import { chartsOverrideFile } from "../../rehearsal/run/charts.ts";
import { stopKept } from "../../rehearsal/run/kept.ts";
import { rehearse } from "../../rehearsal/run.ts";
import { findTerraform } from "../../rehearsal/terraform/binary.ts";
import { rehearsalEnvironment } from "../../rehearsal/terraform/child-environment.ts";
import { apply, destroy, type Plan, plan } from "../../rehearsal/terraform/commands.ts";
import type { Runner } from "../../rehearsal/terraform/runner.ts";
import { synthesize } from "../../stacks/synth.ts";
import { companions } from "../support/addons.ts";
import { cache } from "./command.ts";
import { binaries, shared } from "./kubernetes-setup.ts";

const charts = process.env.MAINLINE_CHARTS ?? "";
const missing = !existsSync(shared) ? "../shared/kube is missing" : charts === "" ? "MAINLINE_CHARTS names no folder of charts" : "";
/** Milliseconds; a slow machine is no failure. */
const patience = 1_800_000;
const never = new AbortController().signal;

/** Dev with every add-on that no other one excludes, its rooms enlarged. Its own name, since tests of dev may run at the same time. */
function environmentWith(addons: EnvironmentInput["addons"]) {
  const { tenancy: _t, ci: _c, ...plain }: EnvironmentInput = dev;
  const nodes = { general: { instances: ["m7i.xlarge"], size: { min: 2, desired: 4, max: 8 } } };
  const input = { ...plain, name: "full", cluster: { ...dev.cluster, karpenter: true, nodes }, addons };
  const [environment] = parseEnvironments({ "environments/full.ts": input });
  if (!environment) throw new Error("no environment");
  return environment;
}
const catalogue = { ...companions("karpenter"), "aws-load-balancer-controller": { public: true } };

(missing ? describe.skip : describe)(`the whole catalogue${missing && ` (skipped: ${missing})`}`, () => {
  let result: RehearsalResult;
  let folder: string;
  let own: string;
  let runner: Runner;
  const kubectl = async (...args: readonly string[]) => {
    const script = `. '${result.kept?.environmentFile}'; export KUBECONFIG='${own}/config'; [ -f "$KUBECONFIG" ] || aws eks update-kubeconfig --name mainline-full >/dev/null; kubectl "$@"`;
    return (await execa("/bin/sh", ["-c", script, "sh", ...args])).stdout;
  };
  const addresses = ({ changes }: Plan, action: string) =>
    changes.flatMap((change) => (change.action === action ? [change.address] : [])).sort();

  beforeAll(async () => {
    own = await mkdtemp(join(tmpdir(), "mainline-addons-"));
    const user = { ...process.env, ...(await binaries()).env };
    const environment = environmentWith(catalogue);
    const spec = { environment, environments: [environment], only: "addons", require: ["addons"], keep: true, charts, cache, user };
    result = await rehearse({ ...spec, signal: never, hard: never, report: () => {} });
    const run = join(cache, "runs", result.run);
    folder = join(run, "cdktf.out", "stacks", "full-addons");
    const terraform = await findTerraform({ path: process.env.PATH ?? "" });
    const target = { region: environment.region, endpoint: "", proxy: "" };
    const env = { ...rehearsalEnvironment(user, target, {}), ...result.kept?.variables, HELM_CACHE_HOME: join(cache, "helm") };
    const logFile = join(run, "addons-test.log");
    runner = {
      terraform,
      env,
      signal: never,
      hard: never,
      graceMs: 10_000,
      parallelism: 30,
      logFile,
      initLock: join(cache, "plugins.lock"),
    };
  }, patience);
  afterAll(async () => {
    await stopKept(cache, "full");
    await rm(own, { recursive: true, force: true });
  }, patience);

  test("is installed: nothing is pending, and the second plans are empty", () => {
    expect({ failure: result.failure, findings: findings(result) }).toEqual({ failure: undefined, findings: [] });
    expect(result.stacks.map(({ stack, outcome }) => [stack, outcome])).toContainEqual(["full-addons", "applied"]);
  });

  test("every release is deployed, every pod runs", async () => {
    const releases = resourcesOf(JSON.parse(await readFile(join(folder, "cdk.tf.json"), "utf8")) as TerraformJson);
    const wanted = releases.filter(({ type }) => type === "helm_release").map(({ attributes }) => String(attributes.name));
    const secrets = await kubectl(
      "get",
      "secrets",
      "--all-namespaces",
      "-l",
      "owner=helm",
      "-o",
      "jsonpath={range .items[*]}{.metadata.labels.name} {.metadata.labels.status}{'\\n'}{end}",
    );
    const deployed = secrets.split("\n").flatMap((line) => (line.endsWith(" deployed") ? [line.split(" ")[0]] : []));
    expect(deployed.sort()).toEqual(wanted.sort());
    const phases = await kubectl("get", "pods", "--all-namespaces", "-o", "jsonpath={range .items[*]}{.status.phase}{'\\n'}{end}");
    expect([...new Set(phases.trim().split("\n"))].filter((phase) => phase !== "Succeeded")).toEqual(["Running"]);
  }, 120_000);

  test(
    "one that is taken out is destroyed, and no other touched",
    async () => {
      const { reloader: _, ...rest } = catalogue;
      const outdir = join(own, "without");
      synthesize([environmentWith(rest)], { outdir });
      const [now, before] = [join(outdir, "stacks", "full-addons", "cdk.tf.json"), join(folder, "cdk.tf.json")];
      const [complete, overridden] = [await readFile(before, "utf8"), await readFile(join(folder, chartsOverrideFile), "utf8")];
      const override = JSON.parse(overridden) as { resource: { helm_release: Record<string, object> } };
      delete override.resource.helm_release.addons_reloader_release;
      await writeFile(before, await readFile(now, "utf8"));
      await writeFile(join(folder, chartsOverrideFile), JSON.stringify(override));
      try {
        const found = await plan(runner, folder);
        expect(addresses(found, "delete")).toEqual([
          "helm_release.addons_reloader_release",
          "helm_release.addons_reloader_resources",
          "kubernetes_namespace_v1.addons_namespaces_reloader",
        ]);
        // The outputs name what is installed.
        expect(found.changes.filter(({ action, address }) => action !== "delete" && address !== "outputs")).toEqual([]);
      } finally {
        await writeFile(before, complete);
        await writeFile(join(folder, chartsOverrideFile), overridden);
      }
    },
    patience,
  );

  test(
    "broken values fail the apply, and mended ones heal it",
    async () => {
      // One release that waits, whose pod then finds no node and which is rolled back; one that does not, and is refused by the API server.
      const broken = {
        "addons_metrics-server_release": { timeout: 20, values: ["nodeSelector: { no: such }\nreplicas: 1\n"] },
        addons_reloader_release: { values: ["reloader: { deployment: { replicas: nonsense } }\n"] },
      };
      const file = join(folder, "zz_test_override.tf.json");
      await writeFile(file, JSON.stringify({ resource: { helm_release: broken } }));
      const failure = apply(runner, folder);
      await expect(failure).rejects.toThrow(/metrics-server[\s\S]*reloader|reloader[\s\S]*metrics-server/);
      await rm(file);
      await apply(runner, folder);
      expect(await plan(runner, folder)).toMatchObject({ changes: [] });
      expect(await kubectl("-n", "kube-system", "rollout", "status", "deployment/metrics-server", "--timeout=30s")).toContain(
        "successfully",
      );
    },
    patience,
  );

  test(
    "is destroyed with its namespaces, and can be installed once more over what its charts leave behind",
    async () => {
      await destroy(runner, folder);
      const left = async () => (await kubectl("get", "namespaces", "-o", "name")).split("\n").sort();
      const eks = ["default", "kube-node-lease", "kube-public", "kube-system"].map((name) => `namespace/${name}`);
      expect(await left()).toEqual(eks);
      await apply(runner, folder);
      await destroy(runner, folder);
      expect(await left()).toEqual(eks);
    },
    patience,
  );
});
