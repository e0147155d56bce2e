/** Local development: what a service copies fits to the chart. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { gitops, type Json, read } from "./services.ts";

interface Skaffold {
  readonly build: { readonly artifacts: readonly { readonly image: string }[] };
  readonly deploy: {
    readonly kubeContext: string;
    readonly helm: {
      readonly releases: readonly {
        readonly chartPath: string;
        readonly valuesFiles: readonly string[];
        readonly setValueTemplates: Record<string, string>;
      }[];
    };
  };
}

const skaffold = read<Skaffold>("local/skaffold.yaml");

test.each(skaffold.deploy.helm.releases)("the release of $chartPath", ({ chartPath, valuesFiles, setValueTemplates }) => {
  // A checkout of this repository beside the service's.
  expect(existsSync(join(gitops, "..", chartPath.replace("../mainline/", "")))).toBe(true);
  expect(valuesFiles.filter((file) => !existsSync(join(gitops, "local", file)))).toEqual([]);
  const { properties } = read<{ properties: { image: { properties: Json } } }>("charts/service/values.schema.json").properties.image;
  for (const [path, template] of Object.entries(setValueTemplates)) {
    expect(Object.keys(properties).map((name) => `image.${name}`)).toContain(path);
    // Skaffold's own form of an artifact's name (its documentation, "Sanitizing the artifact name").
    const known = skaffold.build.artifacts.map(({ image }) => image.replaceAll(/[/.:-]/g, "_"));
    expect(known.some((name) => template.endsWith(`_${name} }}`))).toBe(true);
  }
});

test("goes to a cluster on this machine, whatever the current context is", () => {
  expect(skaffold.deploy.kubeContext).toMatch(/^kind-/);
});
