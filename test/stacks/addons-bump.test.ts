/** What a bump of one chart's version moves: its release, and nothing else. */
import { afterEach, expect, test } from "@jest/globals";
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

const before = synth();

const versions: Record<string, { version: string }> = chartVersions;
const pinned = new Map(Object.entries(versions).map(([name, { version }]) => [name, version]));
afterEach(() => {
  for (const [name, version] of pinned) versions[name] = { ...versions[name], version };
});

/** Every block but resources, and resources by address, as text. */
function parts(json: TerraformJson): Map<string, string> {
  const { resource: _, ...others } = json;
  const blocks = Object.entries(others).map(([name, block]) => [name, JSON.stringify(block)] as const);
  return new Map([...blocks, ...resourcesOf(json).map(({ address, attributes }) => [address, JSON.stringify(attributes)] as const)]);
}

test.each<[ChartName, string, string]>([
  ["metrics-server", "a chart", "helm_release.addons_metrics-server_release"],
  ["karpenter-crd", "a chart of definitions", "helm_release.addons_karpenter_crds"],
  ["gha-runner-scale-set", "a chart of a registry", "helm_release.addons_gha-runner-scale-set_release"],
])("of %s, %s", (chart, _, address) => {
  versions[chart] = { ...versions[chart], version: "99.0.0" };
  const [old, now] = [parts(before), parts(synth())];
  expect([...now.keys()]).toEqual([...old.keys()]);
  expect([...now].filter(([key, text]) => old.get(key) !== text).map(([key]) => key)).toEqual([address]);
  const version = pinned.get(chart);
  expect(now.get(address)).toBe(old.get(address)?.replace(`"version":"${version}"`, '"version":"99.0.0"'));
});
