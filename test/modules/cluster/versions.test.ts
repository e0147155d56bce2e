import { expect, test } from "@jest/globals";
import { addonNames, kubernetes, kubernetesRelease, kubernetesVersions } from "../../../environments/versions.ts";

const releases = Object.entries(kubernetesVersions);

test.each(releases)("%s pins every add-on in the form that EKS takes", (_, { addons }) => {
  expect(Object.keys(addons).sort()).toEqual([...addonNames].sort());
  for (const version of Object.values(addons)) expect(version).toMatch(/^v\d+\.\d+\.\d+-eksbuild\.\d+$/);
});

test.each(releases)("%s has kube-proxy and node image of its own minor", (minor, { addons, amiRelease }) => {
  expect(addons["kube-proxy"]).toMatch(new RegExp(`^v${minor.replace(".", "\\.")}\\.`));
  expect(amiRelease).toMatch(new RegExp(`^${minor.replace(".", "\\.")}\\.\\d+-20\\d{6}$`));
});

test.each(releases)("%s: no vpc-cni with CVE-2026-86831, which is fixed in 1.22.4", (_, { addons }) => {
  const [, minor = 0, patch = 0] = /^v1\.(\d+)\.(\d+)-/.exec(addons["vpc-cni"])?.map(Number) ?? [];
  expect(minor * 1000 + patch).toBeGreaterThanOrEqual(22_004);
});

test("the default minor has a release; another is refused with what there is", () => {
  expect(kubernetesRelease(kubernetes)).toBe(kubernetesVersions[kubernetes]);
  expect(() => kubernetesRelease("1.29")).toThrow("Kubernetes 1.29 has no versions in environments/versions.ts, which knows 1.34, 1.35.");
});
