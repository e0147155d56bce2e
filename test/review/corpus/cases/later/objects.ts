import { type Attributes, at, type Case, remove, value, values, within } from "../../case.ts";

const release = (name: string) => `helm_release.addons_${name}`;
const resource = (name: string, key: string, path: readonly string[], wanted: unknown) =>
  value(release(`${name}_resources`), ["resources", key, ...path], wanted);
const karpenter = (key: string, path: readonly string[], wanted: unknown) =>
  resource("karpenter", `${key}/general`, ["spec", ...path], wanted);
const helm = ["helm-"];
const nodeSets = (edit: (sets: Attributes[]) => void) =>
  values(release("efk_resources"), (tree) =>
    edit(within(tree, ["resources", "Elasticsearch/elasticsearch", "spec"]).nodeSets as Attributes[]),
  );

export const objects: readonly Case[] = [
  {
    id: "pool-without-limit",
    base: "addons",
    finds: helm,
    at: "karpenter_resources",
    change: karpenter("NodePool", ["limits"], undefined),
  },
  {
    id: "pool-gone",
    base: "addons",
    finds: helm,
    at: "karpenter_resources",
    change: resource("karpenter", "NodePool/general", [], undefined),
  },
  {
    id: "pool-disrupts-everything",
    base: "addons",
    finds: helm,
    at: "karpenter_resources",
    change: karpenter("NodePool", ["disruption"], {
      consolidationPolicy: "WhenEmptyOrUnderutilized",
      consolidateAfter: "0s",
      budgets: [{ nodes: "100%" }],
    }),
  },
  {
    id: "class-with-open-metadata",
    base: "addons",
    finds: [...helm, "eks-imds"],
    at: "karpenter_resources",
    change: karpenter("EC2NodeClass", ["metadataOptions", "httpTokens"], "optional"),
  },
  {
    id: "class-with-clear-disks",
    base: "addons",
    finds: ["encryption-"],
    at: "karpenter_resources",
    change: karpenter("EC2NodeClass", ["blockDeviceMappings", "0", "ebs"], {
      deleteOnTermination: true,
      encrypted: false,
      volumeSize: "50Gi",
      volumeType: "gp3",
    }),
  },
  {
    id: "volumes-deleted-with-claims",
    base: "addons",
    finds: helm,
    at: "storage-classes",
    change: resource("storage-classes", "StorageClass/gp3", ["reclaimPolicy"], "Delete"),
  },
  {
    id: "volumes-unencrypted",
    base: "addons",
    finds: ["encryption-"],
    at: "storage-classes",
    change: resource("storage-classes", "StorageClass/gp3", ["parameters"], { type: "gp3", encrypted: "false" }),
  },
  {
    id: "search-without-replicas",
    base: "addons",
    finds: helm,
    at: "efk_resources",
    change: nodeSets((sets) => {
      for (const nodes of sets) if (nodes.name === "data") nodes.count = 1;
    }),
  },
  {
    id: "search-for-everybody",
    base: "addons",
    finds: helm,
    at: "efk_resources",
    change: nodeSets((sets) => {
      for (const { config } of sets)
        Object.assign(config as Attributes, { "xpack.security.authc": { anonymous: { username: "anonymous", roles: "superuser" } } });
    }),
  },
  {
    id: "search-deletes-its-volumes",
    base: "addons",
    finds: helm,
    at: "efk_resources",
    change: resource("efk", "Elasticsearch/elasticsearch", ["spec", "volumeClaimDeletePolicy"], "DeleteOnScaledownAndClusterDeletion"),
  },
  {
    id: "logs-kept-three-days",
    base: "addons",
    finds: helm,
    at: "efk_resources",
    change: (draft) => {
      const attributes = at(draft, release("efk_resources"));
      attributes.values = (attributes.values as string[]).map((text) => text.replace('"min_age": "30d"', '"min_age": "3d"'));
    },
  },
  {
    id: "project-of-everything",
    base: "addons",
    finds: helm,
    at: "argo-cd_resources",
    change: resource("argo-cd", "AppProject/platform", ["spec", "clusterResourceWhitelist"], [{ group: "*", kind: "*" }]),
  },
  {
    id: "root-from-elsewhere",
    base: "addons",
    finds: helm,
    at: "argo-cd_resources",
    change: resource("argo-cd", "Application/root", ["spec", "source", "repoURL"], "https://github.com/someone-else/mainline.git"),
  },
  {
    id: "stores-for-every-namespace",
    base: "addons",
    finds: helm,
    at: "external-secrets_resources",
    change: resource("external-secrets", "ClusterSecretStore/secrets-manager", ["spec", "conditions"], undefined),
  },
  {
    id: "search-removed",
    base: "addons",
    finds: ["destroy-stateful", "helm-"],
    at: "efk_resources",
    change: remove(release("efk_resources")),
  },
  { id: "pool-of-more", base: "addons", finds: [], change: karpenter("NodePool", ["limits", "cpu"], "96") },
  {
    id: "alert-later",
    base: "addons",
    finds: [],
    change: resource("argo-cd", "PrometheusRule/argo-cd", ["spec", "groups", "0", "rules", "0", "for"], "2h"),
  },
  {
    id: "search-of-more",
    base: "addons",
    finds: [],
    change: nodeSets((sets) => {
      for (const nodes of sets) if (nodes.name === "data") nodes.count = 4;
    }),
  },
];
