/** What a bump of one chart's version moves: its release, and nothing else. */
import { expect, test } from "@jest/globals";
import { RootConstruct } from "constructs";
import { type ChartName, chartVersions } from "../../environments/chart-versions.ts";
import { resourcesOf, type TerraformJson } from "../../modules/terraform-json.ts";
import { addStacks } from "../../stacks/index.ts";
import { companions } from "../support/addons.ts";
import { environmentOf, minimal } from "../support/synth.ts";

const nodes = { general: { instances: ["m7i.4xlarge"], size: { min: 3, desired: 6, max: 12 } } };
const environment = environmentOf({ cluster: { ...minimal.cluster, nodes, karpenter: true }, addons: companions("karpenter") });
/** Anew each time: test/support keeps what it synthesized once. */
function synth(): TerraformJson {
  const stack = addStacks(new RootConstruct(), environment, "addons").find((one) => one.stack === "addons");
  if (!stack) throw new Error("no add-on stack");
  return stack.toTerraform();
}

/** Every block but resources, and resources by address, as text. */
function parts(json: TerraformJson): Map<string, string> {
  const { resource: _, ...others } = json;
  const blocks = Object.entries(others).map(([name, block]) => [name, JSON.stringify(block)] as const);
  return new Map([...blocks, ...resourcesOf(json).map(({ address, attributes }) => [address, JSON.stringify(attributes)] as const)]);
}

const bumps = [
  { chart: "metrics-server", of: "a chart", to: "99.0.0", release: "helm_release.addons_metrics-server_release" },
  { chart: "karpenter-crd", of: "a chart of definitions", to: "98.0.0", release: "helm_release.addons_karpenter_crds" },
  { chart: "gha-runner-scale-set", of: "a chart of a registry", to: "97.0.0", release: "helm_release.addons_gha-runner-scale-set_release" },
] as const satisfies readonly { readonly chart: ChartName; readonly [key: string]: string }[];

const versions: Record<string, { version: string }> = chartVersions;
const pinned = Object.fromEntries(bumps.map(({ chart }) => [chart, chartVersions[chart].version]));
const setVersion = (chart: ChartName, version: string) => {
  versions[chart] = { ...versions[chart], version };
};

// All at once, each to a version of its own: a synth of all add-ons takes half a second.
const before = parts(synth());
for (const { chart, to } of bumps) setVersion(chart, to);
const now = parts(synth());
for (const { chart } of bumps) setVersion(chart, pinned[chart] ?? "");

test.each(bumps)("of $chart, $of, is its release's version", ({ chart, to, release }) => {
  expect(now.get(release)).toBe(before.get(release)?.replace(`"version":"${pinned[chart]}"`, `"version":"${to}"`));
  expect(now.get(release)).toContain(`"version":"${to}"`);
});

test("and nothing else", () => {
  expect([...now.keys()]).toEqual([...before.keys()]);
  const moved = [...now].filter(([key, text]) => before.get(key) !== text).map(([key]) => key);
  expect(moved.sort()).toEqual(bumps.map(({ release }) => release).sort());
});
