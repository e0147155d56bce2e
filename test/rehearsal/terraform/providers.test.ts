import { mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { cliConfig, providerSource, terraformPlatform } from "../../../rehearsal/terraform/cli-config.ts";
import { findMirrors } from "../../../rehearsal/terraform/mirrors.ts";

const terraform = { path: "terraform", product: "Terraform", version: "1.11.4", registry: "registry.terraform.io" } as const;
const openTofu = { path: "tofu", product: "OpenTofu", version: "1.12.6", registry: "registry.opentofu.org" } as const;
const platform = terraformPlatform();
let root = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "mirrors-"));
});
afterEach(() => rmSync(root, { recursive: true }));

function unpacked(...path: string[]): string {
  const folder = join(root, ...path);
  mkdirSync(folder, { recursive: true });
  return folder;
}

function place(user: Readonly<Record<string, string>> = {}) {
  const folder = unpacked("run");
  return { user: { HOME: join(root, "home"), ...user }, cache: join(root, "cache"), folder, roots: [join(root, "opt")] };
}

test("finds unpacked and packed mirrors, only for this platform, not in folders that hold no software", async () => {
  unpacked("opt/tf-plugins/registry.terraform.io/hashicorp/aws/5.100.0", platform);
  unpacked("opt/tf-plugins/registry.terraform.io/hashicorp/azurerm/4.0.0/plan9_mips");
  writeFileSync(join(unpacked("opt/a/b/registry.terraform.io/hashicorp/helm"), `terraform-provider-helm_3.0.2_${platform}.zip`), "");
  unpacked("opt/node_modules/registry.terraform.io/hashicorp/random/1.0.0", platform);
  unpacked("opt/1/2/3/4/registry.terraform.io/hashicorp/tls/1.0.0", platform);
  const mirrors = await findMirrors([join(root, "opt")], platform);
  expect(mirrors.map(({ providers }) => providers).sort()).toEqual([["hashicorp/aws"], ["hashicorp/helm"]]);
});

test("each provider has exactly one source", () => {
  const text = cliConfig("registry.terraform.io", [
    { path: "/opt/a", providers: ["hashicorp/aws", "hashicorp/helm"] },
    { path: "/opt/b", providers: ["hashicorp/aws"] },
  ]);
  expect(text).toMatchInlineSnapshot(`
"provider_installation {
  filesystem_mirror {
    path    = "/opt/a"
    include = ["registry.terraform.io/hashicorp/aws","registry.terraform.io/hashicorp/helm"]
  }
  direct {
    exclude = ["registry.terraform.io/hashicorp/aws","registry.terraform.io/hashicorp/helm"]
  }
}
"
`);
});

test("the user's own CLI configuration wins, a missing one does not", async () => {
  const own = join(unpacked("etc"), "terraform.rc");
  writeFileSync(own, "");
  unpacked("opt/tf-plugins/registry.terraform.io/hashicorp/aws/5.100.0", platform);
  const taken = await providerSource(terraform, place({ TF_CLI_CONFIG_FILE: own }));
  expect(taken.variables.TF_CLI_CONFIG_FILE).toBe(own);
  const ignored = await providerSource(terraform, place({ TF_CLI_CONFIG_FILE: join(root, "missing") }));
  expect(ignored.description).toBe(`hashicorp/aws from ${join(root, "opt/tf-plugins")}; others from registry.terraform.io`);
});

test("TF_PLUGIN_MIRROR without a package for this platform says how to fill it", async () => {
  const empty = unpacked("empty");
  await expect(providerSource(terraform, place({ TF_PLUGIN_MIRROR: empty }))).rejects.toThrow(
    `"terraform providers mirror ${empty}" fills it`,
  );
});

test("TF_PLUGIN_MIRROR may be the URL of a network mirror", async () => {
  const { variables } = await providerSource(terraform, place({ TF_PLUGIN_MIRROR: "https://mirror.example.com/providers/" }));
  expect(readFileSync(variables.TF_CLI_CONFIG_FILE ?? "", "utf8")).toContain('url = "https://mirror.example.com/providers/"');
});

test("OpenTofu gets the same packages below its own registry's name", async () => {
  const packages = unpacked("opt/tf-plugins/registry.terraform.io/hashicorp/aws/5.100.0", platform);
  const { variables } = await providerSource(openTofu, place());
  const text = readFileSync(variables.TF_CLI_CONFIG_FILE ?? "", "utf8");
  const mirror = /path\s+= "([^"]+)"/.exec(text)?.[1] ?? "";
  expect(text).toContain('include = ["registry.opentofu.org/hashicorp/aws"]');
  expect(readlinkSync(join(mirror, "registry.opentofu.org/hashicorp/aws/5.100.0", platform))).toBe(packages);
});

test.each([
  ["linux", "x64", "linux_amd64"],
  ["darwin", "arm64", "darwin_arm64"],
])("%s on %s is %s", (os, cpu, expected) => expect(terraformPlatform(os, cpu)).toBe(expected));
