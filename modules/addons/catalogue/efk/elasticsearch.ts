/**
 * Elasticsearch as the operator's object. Only what the Basic licence has: no StackConfigPolicy, autoscaling or SAML, which need Enterprise
 * (ECK documentation, "Manage licenses").
 */
import { elasticStack } from "../../../../environments/chart-versions.ts";
import type { CustomResource } from "../../addon.ts";
import type { Context } from "../../context.ts";
import { secretName } from "../../secret-option.ts";
import { resourcesOf, type Workload } from "../../workload.ts";
import { elasticsearchName } from "./names.ts";
import { s3Account, s3Config, s3Pod } from "./snapshots.ts";
import { rolesSecret, userSecrets } from "./users.ts";

export interface NodeSet {
  readonly name: string;
  readonly workload: Workload;
  /** Absent: every role. */
  readonly roles?: readonly string[];
  readonly storage: string;
}

/** Three masters decide without data in the way of their heap, one per zone, so that the loss of a zone leaves a majority. */
export function nodeSets({ production, options }: Context<"efk">): readonly NodeSet[] {
  const storage = options.storage ?? (production ? "200Gi" : "30Gi");
  const memoryMiB = (options.memoryGiB ?? (production ? 4 : 2)) * 1024;
  if (!production) return [{ name: "all", workload: node("all", 1, 500, memoryMiB), storage }];
  return [
    // Cluster state only. Source: Elasticsearch documentation, "Dedicated master-eligible node".
    { name: "masters", workload: node("masters", 3, 500, 2048), roles: ["master"], storage: "10Gi" },
    { name: "data", workload: node("data", options.dataNodes, 1000, memoryMiB), roles: ["data", "ingest", "transform"], storage },
  ];
}

function node(set: string, replicas: number, milliCpu: number, memoryMiB: number): Workload {
  return {
    name: `${elasticsearchName}-es-${set}`,
    kind: "StatefulSet",
    replicas,
    milliCpu,
    memoryMiB,
    maxUnavailable: 1,
    nodes: "any",
  };
}

export function elasticsearch(context: Context<"efk">): CustomResource {
  const { options, production, has } = context;
  return {
    apiVersion: "elasticsearch.k8s.elastic.co/v1",
    kind: "Elasticsearch",
    metadata: { name: elasticsearchName, annotations: { "eck.k8s.elastic.co/license": "basic" } },
    spec: {
      version: elasticStack,
      // Its own default takes the volumes with the object: logs of production outlive a removed release.
      volumeClaimDeletePolicy: production ? "DeleteOnScaledownOnly" : "DeleteOnScaledownAndClusterDeletion",
      // One node at a time. The disruption budget is the operator's: none may go unless the cluster is green, then one.
      updateStrategy: { changeBudget: { maxUnavailable: 1, maxSurge: 0 } },
      auth: {
        fileRealm: userSecrets(options.users).map((user) => ({ secretName: secretName(user, has("external-secrets")) })),
        roles: [{ secretName: rolesSecret }],
      },
      nodeSets: nodeSets(context).map((set) => nodeSet(set, context)),
    },
  };
}

function nodeSet({ name, workload, roles, storage }: NodeSet, context: Context<"efk">) {
  const { production, options, environment } = context;
  const s3 = options.snapshots && s3Pod();
  return {
    name,
    count: workload.replicas ?? 1,
    // Pods over zones, and copies of a shard over zones (ECK 3.4 and later).
    ...(production && { zoneAwareness: { topologyKey: "topology.kubernetes.io/zone" } }),
    config: {
      ...(roles && { "node.roles": roles }),
      // Without memory maps no kernel setting is needed, at the price of slower searches: right for one small node.
      "node.store.allow_mmap": production,
      // A misspelt index name is an error, but for the names of logs and of the stack itself.
      "action.destructive_requires_name": true,
      ...(options.snapshots && s3Config(environment.region)),
    },
    podTemplate: {
      spec: {
        ...(options.snapshots && { serviceAccountName: s3Account }),
        automountServiceAccountToken: false,
        // No affinity: the operator sets its own where there is none, which keeps nodes of a cluster off one host.
        ...(production && { initContainers: [mapCount] }),
        containers: [{ name: "elasticsearch", resources: resourcesOf(workload), ...(s3 && { env: s3.env, volumeMounts: s3.mounts }) }],
        ...(s3 && { volumes: s3.volumes }),
      },
    },
    volumeClaimTemplates: [
      {
        // The operator knows the volume by this name.
        metadata: { name: "elasticsearch-data" },
        spec: { accessModes: ["ReadWriteOnce"], storageClassName: "gp3", resources: { requests: { storage } } },
      },
    ],
  };
}

/**
 * Elasticsearch refuses to start below 1048576; EKS images set 524288 (amazon-eks-ami, sysctl.conf). Its image is Elasticsearch's own, which
 * the operator fills in. Sources: Elasticsearch documentation, "Increase virtual memory"; ECK documentation, "Virtual memory".
 */
const mapCount = {
  name: "sysctl",
  command: ["sh", "-c", "sysctl -w vm.max_map_count=1048576"],
  securityContext: { privileged: true, runAsUser: 0, runAsNonRoot: false },
  resources: { requests: { cpu: "10m", memory: "16Mi" }, limits: { memory: "64Mi" } },
};
