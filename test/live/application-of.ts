/** What an application set makes of a service's file: its templates run by Helm, which has the same engine and functions (Go templates, sprig). */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseAllDocuments, stringify } from "yaml";
import { applicationSet, type Json } from "../gitops/services.ts";
import { isMap } from "../support/shared-charts.ts";
import { helm } from "./golden-path.ts";

/** As the controller does: the template, with the patch merged over it. */
function merged(under: Json, over: Json): Json {
  const entries = Object.entries(over).map(([key, value]) => {
    const below = under[key];
    return [key, isMap(below) && isMap(value) ? merged(below, value) : value];
  });
  return { ...under, ...Object.fromEntries(entries) };
}

export interface Made {
  readonly ok: boolean;
  readonly application: Json;
  readonly said: string;
}

/** @param parameters what the generator knows: the file's content, and `path`. */
export function applicationOf(environment: string, parameters: Json): Made {
  const chart = mkdtempSync(join(tmpdir(), "mainline-applications-"));
  try {
    const { template, templatePatch } = applicationSet(environment).spec;
    mkdirSync(join(chart, "templates"), { recursive: true });
    writeFileSync(join(chart, "Chart.yaml"), "apiVersion: v2\nname: set\nversion: 0.0.0\n");
    const body = { apiVersion: "argoproj.io/v1alpha1", kind: "Application", ...template };
    writeFileSync(join(chart, "templates/body.yaml"), `{{- with .Values }}\n${stringify(body)}{{- end }}\n`);
    writeFileSync(join(chart, "templates/patch.yaml"), `{{- with .Values }}\n${templatePatch}{{- end }}\n`);
    writeFileSync(join(chart, "values.yaml"), stringify(parameters));
    const { status, stdout, stderr } = spawnSync(helm.path, ["template", "set", chart], { encoding: "utf8" });
    const made = parseAllDocuments(stdout).map((document) => document.toJS() as Json);
    const application = made.find(({ kind }) => kind === "Application") ?? {};
    const patch = made.find(({ kind }) => kind === undefined) ?? {};
    return { ok: status === 0, application: merged(application, patch), said: stderr };
  } finally {
    rmSync(chart, { recursive: true });
  }
}
