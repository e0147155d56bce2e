/**
 * `--charts`: a rehearsal's charts come from a folder, a Helm repository or a registry of one's own. Said in an override file beside the
 * product's JSON, never in it. Pure but for the look whether a folder has the files.
 */
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { UserError } from "../../environments/user-error.ts";
import { resourcesOf, type TerraformJson, type TerraformResources } from "./terraform-resources.ts";

export const chartsOverrideFile = "zz_charts_override.tf.json";

interface ChartOverride {
  readonly resource: { readonly helm_release: TerraformResources[string] };
}

/** One release that takes a chart of somebody else. */
interface Upstream {
  readonly name: string;
  readonly chart: string;
  readonly version: string;
}

/** Content of the override file; undefined where the stack installs no chart of somebody else. Throws where the folder lacks one. */
export function chartsOverride(json: TerraformJson, source: string): ChartOverride | undefined {
  const releases = upstreamReleases(json);
  if (releases.length === 0) return undefined;
  if (isAddress(source)) return overriding(releases, ({ chart }) => ({ chart, repository: source.replace(/\/$/, "") }));
  const file = ({ chart, version }: Upstream) => join(source, `${chart}-${version}.tgz`);
  const absent = releases.map(file).filter((path) => !existsSync(path));
  if (absent.length > 0) {
    throw new UserError(
      `--charts ${source} lacks ${[...new Set(absent)].map((path) => basename(path)).join(", ")}. "helm pull <chart> --repo <repository> --version <version>" fetches one; repositories are in environments/chart-versions.ts.`,
    );
  }
  // An absent repository is what makes Helm take the name for a path.
  return overriding(releases, (release) => ({ chart: file(release), repository: null }));
}

function isAddress(source: string): boolean {
  return /^(https?|oci):\/\//.test(source);
}

/** Hosts that are asked for charts by plain HTTP, which must not go to the gateway. */
export function plainHosts(json: TerraformJson, override: ChartOverride | undefined): string[] {
  const releases = { ...json.resource?.helm_release, ...override?.resource.helm_release };
  const repositories = Object.values(releases).flatMap(({ repository }) => (typeof repository === "string" ? [repository] : []));
  return [...new Set(repositories.filter((address) => address.startsWith("http://")).map((address) => new URL(address).hostname))];
}

/** Charts of this repository travel in the stack's own assets folder; they are the ones that stay. */
function upstreamReleases(json: TerraformJson): Upstream[] {
  return resourcesOf(json).flatMap(({ type, name, attributes }) => {
    const { chart, version, repository } = attributes;
    if (type !== "helm_release" || typeof chart !== "string" || typeof version !== "string") return [];
    if (typeof repository === "string") return [{ name, chart, version }];
    // From the environment's own mirror, `charts.mirror`.
    const suffix = `-${version}.tgz`;
    return chart.endsWith(suffix) ? [{ name, chart: basename(chart).slice(0, -suffix.length), version }] : [];
  });
}

function overriding(releases: readonly Upstream[], change: (release: Upstream) => Readonly<Record<string, unknown>>): ChartOverride {
  return { resource: { helm_release: Object.fromEntries(releases.map((release) => [release.name, change(release)])) } };
}
