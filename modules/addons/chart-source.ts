/** Where a release takes its chart from: upstream's repository, or the environment's mirror. Always under the pinned version. */
import { type ChartName, chartVersions } from "../../environments/chart-versions.ts";

/** As helm_release takes it. */
export interface ChartSource {
  readonly chart: string;
  readonly version: string;
  readonly repository?: string;
}

/**
 * @param mirror a Helm repository (http, https), a registry (oci) or a folder with `<chart>-<version>.tgz`; absent: upstream. A relative
 * folder is seen from the synthesized stack, where Terraform runs.
 */
export function chartSource(chart: ChartName, mirror?: string): ChartSource {
  const { repository, version } = chartVersions[chart];
  if (mirror === undefined) return { chart, version, repository };
  const base = mirror.replace(/\/$/, "");
  if (/^(https?|oci):/.test(mirror)) return { chart, version, repository: base };
  return { chart: `${base}/${chart}-${version}.tgz`, version };
}
