import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { findTerraform, parseVersion } from "../../../rehearsal/terraform/binary.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bin-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function program(name: string, says: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\necho "${says}"\n`);
  chmodSync(path, 0o755);
  return path;
}

test.each([
  ["Terraform v1.11.4\non linux_amd64\n", { product: "Terraform", version: "1.11.4", registry: "registry.terraform.io" }],
  ["OpenTofu v1.12.6\non darwin_arm64\n", { product: "OpenTofu", version: "1.12.6", registry: "registry.opentofu.org" }],
  ["Terraform v1.12.0-beta1\n", { product: "Terraform", version: "1.12.0-beta1", registry: "registry.terraform.io" }],
  ["usage: terraform", undefined],
])("%j is %j", (output, expected) => expect(parseVersion(output)).toEqual(expected));

test("terraform is taken before tofu, and tofu where it is alone", async () => {
  program("tofu", "OpenTofu v1.10.0");
  expect(await findTerraform({ path: folder })).toMatchObject({ product: "OpenTofu" });
  program("terraform", "Terraform v1.10.0");
  expect(await findTerraform({ path: folder })).toMatchObject({ product: "Terraform" });
  expect(await findTerraform({ path: folder, wanted: "tofu" })).toMatchObject({ product: "OpenTofu" });
});

test.each([
  ["nothing on PATH", undefined, "", "Neither terraform nor tofu is on PATH. Install Terraform 1.10"],
  ["a name that is not there", "terraform-2", "", '"terraform-2" is not an executable file, nor one on PATH.'],
  ["a version without locks in S3", undefined, "Terraform v1.9.8", "is Terraform 1.9.8; locks of the S3 backend need 1.10."],
  ["something else of that name", undefined, "hello", 'is not Terraform: "'],
])("%s is told with what to install", async (_, wanted, says, message) => {
  if (says !== "") program("terraform", says);
  await expect(findTerraform({ wanted, path: folder })).rejects.toThrow(message);
});
