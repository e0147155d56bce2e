import { expect, test } from "@jest/globals";
import { kwokctlConfiguration, mutatingPolicyApi } from "../../../rehearsal/kubernetes/config.ts";

const ports = { etcd: 1, etcdPeer: 2, apiServer: 3, controllerManager: 4, scheduler: 5, kwok: 6 };
const text = (kubernetesVersion: string) =>
  JSON.stringify(kwokctlConfiguration({ ports, cache: "/cache", tokenWebhook: "/run/webhook.yaml", kubernetesVersion }));

test("listens on loopback, asks our webhook for tokens, and calls no webhook of pods", () => {
  expect(JSON.parse(text("1.35.4"))).toMatchObject({ options: { bindAddress: "127.0.0.1", kubeVersion: "v1.35.4", kubeApiserverPort: 3 } });
  expect(text("1.35.4")).toContain('"key":"authentication-token-webhook-config-file","value":"/run/webhook.yaml"');
  expect(text("1.35.4")).toContain('"value":"ValidatingAdmissionWebhook,MutatingAdmissionWebhook"');
});

test("no part ends itself because it could not renew a lease in time", () => {
  const extraArgs = [{ key: "leader-elect", value: "false" }];
  const alone = ["kube-controller-manager", "kube-scheduler"].map((name) => ({ name, extraArgs }));
  expect(JSON.parse(text("1.35.4")).componentsPatches).toEqual(expect.arrayContaining(alone));
});

test.each([
  ["1.33.1", undefined, false],
  ["1.34.0", "v1beta1", true],
  ["1.35.4", "v1beta1", true],
  ["1.36.1", "v1", false],
])("Kubernetes %s has MutatingAdmissionPolicy as %s", (version, api, flag) => {
  expect(mutatingPolicyApi(version)).toBe(api);
  expect(text(version).includes("MutatingAdmissionPolicy=true")).toBe(flag);
});
