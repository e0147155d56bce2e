/** The golden-path chart by Helm: its releases (every example, and the sample service in each environment), and what they are rendered to. */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { findHelm } from "../support/tools.ts";
import { root } from "./command.ts";

export const helm = findHelm();
export const chart = join(root, "gitops/charts/service");

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec?: unknown;
}

export function example(name: string): string {
  return join(chart, "examples", `${name}.yaml`);
}

/** Name of the release, what it is, and its values files. */
export const releases: readonly (readonly [string, string, readonly string[]])[] = [
  ...readdirSync(join(chart, "examples"))
    .map((file) => file.replace(".yaml", ""))
    .map((name) => [`shop-${name}`, `example ${name}`, [example(name)]] as const),
  ...["dev", "staging", "prod"].map((environment) => {
    const files = ["values", `values-${environment}`, `image-${environment}`];
    return [
      "shop-api",
      `sample in ${environment}`,
      files.map((file) => join(root, "gitops/config/services/shop-api", `${file}.yaml`)),
    ] as const;
  }),
];

export function run(...args: readonly string[]): { readonly ok: boolean; readonly text: string; readonly out: string } {
  const { status, stdout, stderr } = spawnSync(helm.path, args, { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  return { ok: status === 0, text: `${stdout}${stderr}`, out: stdout };
}

export function valuesOf(files: readonly string[]): string[] {
  return files.flatMap((file) => ["--values", file]);
}

const rendered = new Map<string, readonly Manifest[]>();

/** Objects of a release in the namespace shop; rendered once. */
export function manifests(release: string, files: readonly string[], ...more: readonly string[]): readonly Manifest[] {
  const key = [release, ...files, ...more].join();
  const known = rendered.get(key);
  if (known) return known;
  const { ok, text, out } = run("template", release, chart, "--namespace", "shop", ...valuesOf(files), ...more);
  if (!ok) throw new Error(text);
  const made = parseAllDocuments(out).flatMap((document) => (document.contents === null ? [] : [document.toJS() as Manifest]));
  rendered.set(key, made);
  return made;
}
