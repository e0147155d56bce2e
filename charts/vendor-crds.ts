/**
 * Makes or refreshes charts/crds-<id> from the crds/ folder of an unpacked upstream chart:
 *
 *   helm pull <repository>/<chart> --version <version> --untar && npm run vendor-crds -- <folder of the chart> [<id>]
 *
 * Helm installs what is in crds/ once and never upgrades it (Helm documentation, "Custom Resource Definitions"); as templates of a chart of
 * our own they are upgraded like everything else. They are upstream's data, unchanged: one file per definition, the licence beside them.
 * With `--without-descriptions` they lose the texts for `kubectl explain`: Helm keeps a release in a Secret of at most 1 MiB.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, parseAllDocuments, stringify } from "yaml";

const bare = process.argv.includes("--without-descriptions");
const [folder, given] = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
if (folder === undefined) throw new Error("Say where the unpacked chart is: npm run vendor-crds -- <folder> [<id>]");

interface Definition {
  readonly kind?: string;
  readonly metadata?: { readonly name?: string };
}

const { name, version, appVersion, home, sources } = parse(readFileSync(join(folder, "Chart.yaml"), "utf8"));
const id = `crds-${given ?? name}`;
const target = join(import.meta.dirname, id);

const documents = readdirSync(join(folder, "crds"))
  .filter((file) => file.endsWith(".yaml"))
  .sort()
  .flatMap((file) => parseAllDocuments(readFileSync(join(folder, "crds", file), "utf8")).map((document) => document.toJS() as Definition))
  .filter((definition) => definition?.kind === "CustomResourceDefinition");
if (documents.length === 0) throw new Error(`${folder}/crds holds no CustomResourceDefinition; the chart may have them in its templates.`);

rmSync(join(target, "crd"), { recursive: true, force: true });
mkdirSync(join(target, "crd"), { recursive: true });
mkdirSync(join(target, "templates"), { recursive: true });
for (const definition of documents) {
  const text = stringify(bare ? withoutDescriptions(definition) : definition, { lineWidth: 0, aliasDuplicateObjects: false });
  writeFileSync(join(target, "crd", `${definition.metadata?.name}.yaml`), text);
}
writeFileSync(join(target, "templates", "crds.yaml"), readFileSync(join(import.meta.dirname, "crds.template.yaml")));
writeFileSync(
  join(target, "Chart.yaml"),
  stringify({
    apiVersion: "v2",
    name: id,
    description: `Custom resource definitions of ${name}`,
    version,
    appVersion,
    type: "application",
  }),
);
const origin = [home, ...(sources ?? [])].find((address) => typeof address === "string") ?? "upstream";
writeFileSync(
  join(target, "NOTICE"),
  `The files in crd/ are from the chart ${name} ${version} (${origin}), split into one file per\ndefinition and otherwise unchanged${bare ? ", but for descriptions, which are left out" : ""}. Licensed under the Apache License 2.0, as this repository (LICENSE).\n`,
);

/** A field that is called "description" is a map and stays; the text of a schema goes. */
function withoutDescriptions(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDescriptions);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([key, child]) => !(key === "description" && typeof child === "string"));
  return Object.fromEntries(kept.map(([key, child]) => [key, withoutDescriptions(child)]));
}
