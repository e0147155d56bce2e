/** The whole catalogue, rehearsed and kept, for addons.test.ts. Loaded only where it runs: it brings half of the program along. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import dev from "../../environments/dev.ts";
import { parseEnvironments } from "../../environments/parse.ts";
import type { EnvironmentInput } from "../../environments/schema.ts";
import { resourcesOf, type TerraformJson } from "../../modules/terraform-json.ts";
import type { RehearsalResult } from "../../rehearsal/report.ts";
import { chartsOverride, chartsOverrideFile } from "../../rehearsal/run/charts.ts";
import { stopKept } from "../../rehearsal/run/kept.ts";
import { rehearse } from "../../rehearsal/run.ts";
import { findTerraform } from "../../rehearsal/terraform/binary.ts";
import { rehearsalEnvironment } from "../../rehearsal/terraform/child-environment.ts";
import { apply, destroy, type Plan, plan } from "../../rehearsal/terraform/commands.ts";
import type { Runner } from "../../rehearsal/terraform/runner.ts";
import { synthesize } from "../../stacks/synth.ts";
import { companions } from "../support/addons.ts";
import type { KubeObject } from "./addons-references.ts";
import { cache } from "./command.ts";
import { binaries } from "./kubernetes-setup.ts";

type Addons = NonNullable<EnvironmentInput["addons"]>;

/** All that no other one excludes. */
export const everything: Addons = { ...companions("karpenter"), "aws-load-balancer-controller": { public: true } };

/** That refer to others or are referred to, beside secrets. */
const kinds = [
  "certificates.cert-manager.io",
  "configmaps",
  "cronjobs",
  "daemonsets",
  "deployments",
  "externalsecrets.external-secrets.io",
  "ingresses",
  "jobs",
  "poddisruptionbudgets",
  "serviceaccounts",
  "servicemonitors.monitoring.coreos.com",
  "services",
  "statefulsets",
];

const name = "full";
const never = new AbortController().signal;

export interface Catalogue {
  readonly result: RehearsalResult;
  /** Names of the releases that the stack has. */
  releases(): Promise<readonly string[]>;
  kubectl(...args: readonly string[]): Promise<string>;
  /** What objects refer to, and what refers to it; Helm's own secrets are left out. */
  objects(): Promise<readonly KubeObject[]>;
  /** Service accounts that have AWS rights, as `<namespace>/<name>`. */
  identities(): Promise<readonly string[]>;
  apply(): Promise<unknown>;
  plan(): Promise<Plan>;
  /** What a plan would do with other add-ons. */
  planWith(addons: Addons): Promise<Plan>;
  destroy(): Promise<unknown>;
  /** Attributes of releases in place of their own, by name; none: as synthesized. */
  override(releases: Readonly<Record<string, object>>): Promise<void>;
  stop(): Promise<void>;
}

/** Dev with larger nodes. It has a name of its own, since tests of dev may run at the same time. */
function environmentWith(addons: Addons) {
  const { tenancy: _t, ci: _c, ...plain }: EnvironmentInput = dev;
  const nodes = { general: { instances: ["m7i.xlarge"], size: { min: 2, desired: 4, max: 8 } } };
  const input = { ...plain, name, cluster: { ...dev.cluster, karpenter: true, nodes }, addons };
  const [environment] = parseEnvironments({ [`environments/${name}.ts`]: input });
  if (!environment) throw new Error("no environment");
  return environment;
}

/** Installs everything with charts of a folder, plans it again, and leaves it running. */
export async function installCatalogue(charts: string): Promise<Catalogue> {
  const own = await mkdtemp(join(tmpdir(), "mainline-addons-"));
  const user = { ...process.env, ...(await binaries()).env };
  const environment = environmentWith(everything);
  const spec = { environment, environments: [environment], only: "addons", require: ["addons"], keep: true, charts, cache, user };
  const result = await rehearse({ ...spec, signal: never, hard: never, report: () => {} });
  const run = join(cache, "runs", result.run);
  const folder = join(run, "cdktf.out", "stacks", `${name}-addons`);
  const target = { region: environment.region, endpoint: "", proxy: "" };
  const runner: Runner = {
    terraform: await findTerraform({ path: process.env.PATH ?? "" }),
    env: { ...rehearsalEnvironment(user, target, {}), ...result.kept?.variables, HELM_CACHE_HOME: join(cache, "helm") },
    signal: never,
    hard: never,
    graceMs: 10_000,
    parallelism: 30,
    logFile: join(run, "addons-test.log"),
    initLock: join(cache, "plugins.lock"),
  };
  const json = join(folder, "cdk.tf.json");
  const testOverride = join(folder, "zz_test_override.tf.json");
  const installed = async () => JSON.parse(await readFile(json, "utf8")) as TerraformJson;
  const login = `. '${result.kept?.environmentFile}'; export KUBECONFIG='${own}/config'; [ -f "$KUBECONFIG" ] || aws eks update-kubeconfig --name mainline-${name} >/dev/null`;
  const kubectl = async (...args: readonly string[]) => (await execa("/bin/sh", ["-c", `${login}; kubectl "$@"`, "sh", ...args])).stdout;

  return {
    result,
    releases: async () =>
      resourcesOf(await installed())
        .filter(({ type }) => type === "helm_release")
        .map(({ attributes }) => String(attributes.name)),
    kubectl,
    objects: async () => {
      const list = async (...args: readonly string[]) =>
        (JSON.parse(await kubectl("get", "--all-namespaces", "-o", "json", ...args)) as { items: KubeObject[] }).items;
      const secrets = await list("secrets", "--field-selector=type!=helm.sh/release.v1");
      return [...secrets, ...(await list(kinds.join(",")))];
    },
    identities: async () =>
      resourcesOf(await installed())
        .filter(({ type }) => type === "aws_eks_pod_identity_association")
        .map(({ attributes }) => `${attributes.namespace}/${attributes.service_account}`),
    apply: () => apply(runner, folder),
    plan: () => plan(runner, folder),
    planWith: async (addons) => {
      const files = [json, join(folder, chartsOverrideFile)];
      const before = await Promise.all(files.map(async (file) => [file, await readFile(file, "utf8")] as const));
      const outdir = join(own, "other");
      synthesize([environmentWith(addons)], { outdir });
      const other = await readFile(join(outdir, "stacks", `${name}-addons`, "cdk.tf.json"), "utf8");
      await writeFile(json, other);
      await writeFile(join(folder, chartsOverrideFile), JSON.stringify(chartsOverride(JSON.parse(other) as TerraformJson, charts)));
      try {
        return await plan(runner, folder);
      } finally {
        for (const [file, text] of before) await writeFile(file, text);
      }
    },
    destroy: () => destroy(runner, folder),
    override: async (releases) => {
      await rm(testOverride, { force: true });
      if (Object.keys(releases).length > 0) await writeFile(testOverride, JSON.stringify({ resource: { helm_release: releases } }));
    },
    stop: async () => {
      await stopKept(cache, name);
      await rm(own, { recursive: true, force: true });
    },
  };
}
