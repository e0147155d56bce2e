import type { JsonObject } from "../../../../modules/terraform-json.ts";
import { type Cases, json, resources } from "./case.ts";

const release = (attributes: JsonObject) => resources({ helm_release: { it: attributes } });
const pinned = { chart: "keda", repository: "https://kedacore.github.io/charts", version: "2.20.2" };
const namespace = (metadata: JsonObject) => resources({ kubernetes_namespace_v1: { it: { metadata } } });
const helm = (kubernetes: JsonObject) => json({ provider: { helm: [{ kubernetes }] } });
const kubernetes = (attributes: JsonObject) => json({ provider: { kubernetes: [attributes] } });
const exec = { command: "aws", args: ["eks", "get-token"] };

export const releaseCases: Cases = {
  "helm-releases-pinned": {
    holds: [release(pinned), release({ ...pinned, version: "v1.21.1" }), release({ chart: "./assets/resources/ABC" })],
    fails: [
      release({ ...pinned, version: undefined }),
      release({ ...pinned, version: "~> 2.20" }),
      release({ ...pinned, version: "2.x" }),
      release({ chart: "keda" }),
    ],
  },
  "helm-releases-encrypted-source": {
    holds: [release(pinned), release({ ...pinned, repository: "oci://registry.example.com/charts" }), release({ chart: "/srv/keda.tgz" })],
    fails: [release({ ...pinned, repository: "http://charts.example.com" })],
  },
  "namespaces-pod-security": {
    holds: [namespace({ name: "keda", labels: { "pod-security.kubernetes.io/enforce": "restricted" } })],
    fails: [namespace({ name: "keda" }), namespace({ name: "keda", labels: { "pod-security.kubernetes.io/warn": "restricted" } })],
  },
  "kubernetes-no-stored-credentials": {
    holds: [helm({ host: "https://it", exec }), kubernetes({ host: "https://it", exec: [exec] })],
    fails: [
      helm({ host: "https://it", token: "secret" }),
      helm({ host: "https://it", exec, client_key: "secret" }),
      kubernetes({ config_path: "~/.kube/config" }),
    ],
  },
};
