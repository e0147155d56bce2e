/** Helm releases and the Kubernetes API: nothing that changes by itself, nothing that is stored, no pod without a standard. */
import { blocksOf, isObject, type JsonObject } from "../../terraform-json.ts";
import type { Rule } from "../rule.ts";

const exactVersion = /^v?\d+\.\d+\.\d+([-+][\w.+-]+)?$/;

export const releasesPinned: Rule = {
  id: "helm-releases-pinned",
  title: "Helm releases state the exact version of their chart, or bring the chart along",
  why: "A range or no version installs another chart tomorrow from an unchanged plan (Helm documentation, `helm install --version`)",
  applies: ["helm_release"],
  holds: ({ chart, repository, version }) =>
    (typeof version === "string" && exactVersion.test(version)) ||
    (repository === undefined && typeof chart === "string" && /^\.{0,2}\//.test(chart)),
  remedy: "take the chart from environments/chart-versions.ts",
};

export const releasesFromKnownSources: Rule = {
  id: "helm-releases-encrypted-source",
  title: "Charts come over TLS, from a registry or from a folder",
  why: "A chart runs with the rights of whoever applies it; on the way without TLS it can be another (Well-Architected SEC09-BP02)",
  applies: ["helm_release"],
  holds: ({ repository }) => repository === undefined || (typeof repository === "string" && /^(https|oci):\/\//.test(repository)),
  remedy: "use https:// or oci://, in environments/chart-versions.ts or `charts.mirror`",
};

export const namespacesHavePodSecurity: Rule = {
  id: "namespaces-pod-security",
  title: "Namespaces enforce a pod security standard",
  why: "Without the label any pod of it may become its node (CIS EKS 4.2; Kubernetes documentation, Pod Security Standards)",
  applies: ["kubernetes_namespace_v1"],
  holds: (attributes) =>
    blocksOf(attributes, "metadata").some(
      ({ labels }) => isObject(labels) && typeof labels["pod-security.kubernetes.io/enforce"] === "string",
    ),
  remedy: "name the namespace and its standard in modules/addons/namespaces.ts, or in `tenancy.teams`",
};

const stored = ["token", "password", "client_key", "client_certificate", "config_path"];
const storesNone = (block: JsonObject) => stored.every((name) => block[name] === undefined) && block.exec !== undefined;

export const kubernetesByExec: Rule = {
  id: "kubernetes-no-stored-credentials",
  title: "Providers get a token for the cluster at the moment of the apply",
  why: "A token in a file or a state outlives the run, and one from a data source expires between plan and apply (EKS best practices, IAM)",
  applies: ["provider.helm", "provider.kubernetes"],
  holds: (attributes) => [...blocksOf(attributes, "kubernetes"), ...("kubernetes" in attributes ? [] : [attributes])].every(storesNone),
  remedy: "use exec with `aws eks get-token`, as stacks/kubernetes-providers.ts does",
};
