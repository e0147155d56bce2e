/** `terraform validate` of every stack with the real provider, at the lowest version that the environments allow where a mirror has it. */
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { execa } from "execa";
import { loadEnvironments } from "../../environments/index.ts";
import { findTerraform } from "../../rehearsal/terraform/binary.ts";
import { rehearsalEnvironment } from "../../rehearsal/terraform/child-environment.ts";
import { providerSource } from "../../rehearsal/terraform/cli-config.ts";
import { synthesize } from "../../stacks/synth.ts";

const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "mainline-validate-"));
afterAll(() => rmSync(folder, { recursive: true }));

const terraform = await findTerraform({ path: process.env.PATH ?? "" });
const { variables } = await providerSource(terraform, { user: process.env, cache: join(root, ".cache"), folder });
// Validation asks nobody: the endpoint leads nowhere.
const env = rehearsalEnvironment(process.env, { region: "ap-northeast-2", endpoint: "http://nowhere.invalid" }, variables);
const run = (cwd: string, args: readonly string[]) => execa(terraform.path, args, { cwd, env, extendEnv: false, reject: false, all: true });

const { outdir, stacks } = synthesize(loadEnvironments(), { outdir: join(folder, "out") });
const ids = stacks.map(({ node: { id } }) => id);
const folderOf = (id: string) => join(outdir, "stacks", id);

/** Stacks with the same providers: the first one downloads, the others take what it has. */
const talksToKubernetes = (id: string) => "helm" in JSON.parse(readFileSync(join(folderOf(id), "cdk.tf.json"), "utf8")).provider;
const families = {
  "AWS stacks": ids.filter((id) => !talksToKubernetes(id)),
  "stacks that talk to Kubernetes": ids.filter(talksToKubernetes),
};

for (const [family, members] of Object.entries(families)) {
  const [first = ""] = members;
  const { failed, all: output } = await run(folderOf(first), ["init", "-backend=false", "-input=false", "-no-color"]);
  const missing =
    failed && /provider packages|provider registry|no available releases/i.test(output ?? "") ? "a provider is not to be had here" : "";
  if (failed && !missing) throw new Error(output);

  describe(`terraform validate of ${family}, ${terraform.product} ${terraform.version}${missing && ` (skipped: ${missing})`}`, () => {
    (missing ? test.skip : test).each(members)(
      "%s",
      async (id) => {
        for (const made of [".terraform", ".terraform.lock.hcl"]) {
          if (id !== first) cpSync(join(folderOf(first), made), join(folderOf(id), made), { recursive: true });
        }
        const { all } = await run(folderOf(id), ["validate", "-json"]);
        const { valid, diagnostics } = JSON.parse(all ?? "{}");
        expect({ valid, diagnostics }).toEqual({ valid: true, diagnostics: [] });
      },
      120_000,
    );
  });
}
