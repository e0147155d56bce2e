/** What lies below gitops/, read once: application sets, and services with their environments. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

export const gitops = join(import.meta.dirname, "../../gitops");

export type Json = Readonly<Record<string, unknown>>;

/** A service in one environment, as gitops/README.md describes it. */
export interface Service {
  readonly project: string;
  readonly namespace: string;
  readonly source: { readonly repository: string; readonly path: string; readonly revision: string };
  readonly values?: { readonly repository: string; readonly revision: string };
  readonly valueFiles?: readonly string[];
}

export interface ApplicationSet {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: { readonly template: Json; readonly templatePatch: string; readonly generators: readonly { readonly git: Json }[] };
}

export function read<T>(...path: readonly string[]): T {
  return parse(readFileSync(join(gitops, ...path), "utf8")) as T;
}

/** Name of the service, environment, and the file's content; as rows of a table. */
export const services: readonly (readonly [string, string, Service])[] = readdirSync(join(gitops, "services")).flatMap((name) =>
  readdirSync(join(gitops, "services", name)).map(
    (file) => [name, file.replace(".yaml", ""), read<Service>("services", name, file)] as const,
  ),
);

export const environments = readdirSync(join(gitops, "environments"));

export function applicationSet(environment: string): ApplicationSet {
  return read("environments", environment, "services.yaml");
}
