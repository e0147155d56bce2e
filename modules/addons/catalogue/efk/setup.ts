/**
 * What Elasticsearch and Kibana are told once they are up: life cycle, template, snapshot repository and schedule, data views. The operator's
 * own way (StackConfigPolicy) needs an Enterprise licence, so a Job says it by the REST API. Its name has a hash of what it says: a change is
 * a new Job, since the template of a Job cannot change. Every request may be repeated.
 */
import { createHash } from "node:crypto";
import { elasticStack } from "../../../../environments/chart-versions.ts";
import type { JsonValue } from "../../../../environments/schema/addons/common.ts";
import type { CustomResource } from "../../addon.ts";
import type { Context } from "../../context.ts";
import {
  elasticsearchCa,
  elasticsearchHost,
  elasticsearchPort,
  elasticUserSecret,
  indexPatterns,
  kibanaCa,
  kibanaService,
} from "./names.ts";

export interface Request {
  readonly to: "elasticsearch" | "kibana";
  readonly method: "PUT" | "POST";
  readonly path: string;
  readonly body: JsonValue;
}

/** Name of the life cycle policy and of the index template. */
const logs = "k8s-logs";

export function requests({ options, production }: Context<"efk">): readonly Request[] {
  const retention = options.retentionDays ?? (production ? 30 : 7);
  return [
    { to: "elasticsearch", method: "PUT", path: `_ilm/policy/${logs}`, body: { policy: { phases: phases(retention) } } },
    { to: "elasticsearch", method: "PUT", path: `_index_template/${logs}`, body: template(production ? 1 : 0) },
    ...(production ? [{ to: "elasticsearch", method: "PUT", path: "_cluster/settings", body: { persistent: shardLimit } } as const] : []),
    ...(options.snapshots ? snapshotRequests(options.snapshots) : []),
    dataView("k8s", "k8s-*", "Pods"),
    dataView("nodes", "nodes-*,filebeat-*", "Nodes"),
  ];
}

/**
 * An index per namespace and day, twice: at the default of 1000 shards per node, 50 namespaces fill three nodes in a month, and then every new
 * index is refused. Masters of 1 GiB heap take 3000 indices (Elasticsearch documentation, "Size your shards").
 */
const shardLimit = { "cluster.max_shards_per_node": 2000 } as const;

/** An index is a day's: it is complete after a day, and late logs of a node that was cut off come within another. */
function phases(retentionDays: number): JsonValue {
  return {
    hot: { actions: { set_priority: { priority: 100 } } },
    warm: { min_age: "2d", actions: { forcemerge: { max_num_segments: 1 }, set_priority: { priority: 50 } } },
    delete: { min_age: `${retentionDays}d`, actions: { delete: {} } },
  };
}

/**
 * What applications log as JSON stays one `flattened` field, and so do labels: each is searchable by key, and no two teams can break each
 * other's mapping. Source: Elasticsearch documentation, "Flattened field type", "Mapping limit settings".
 */
function template(replicas: number): JsonValue {
  const keyword = { type: "keyword", ignore_above: 1024 };
  return {
    index_patterns: indexPatterns,
    // Above the built-in templates, which have 100 to 200.
    priority: 500,
    template: {
      settings: {
        index: {
          number_of_shards: 1,
          number_of_replicas: replicas,
          refresh_interval: "10s",
          codec: "best_compression",
          lifecycle: { name: logs },
          mapping: { total_fields: { limit: 500, ignore_dynamic_beyond_limit: true } },
        },
      },
      mappings: {
        dynamic_templates: [{ text: { match_mapping_type: "string", mapping: keyword } }],
        properties: {
          "@timestamp": { type: "date" },
          log: { type: "text" },
          message: { type: "text" },
          MESSAGE: { type: "text" },
          level: keyword,
          stream: keyword,
          app: { type: "flattened", ignore_above: 8191 },
          kubernetes: {
            properties: {
              namespace_name: keyword,
              pod_name: keyword,
              container_name: keyword,
              container_image: keyword,
              host: keyword,
              labels: { type: "flattened" },
            },
          },
        },
      },
    },
  };
}

/** Snapshots are differences, so nightly ones are cheap. 18:30 UTC is 03:30 in Seoul. */
function snapshotRequests({ bucket, prefix, retentionDays }: NonNullable<Context<"efk">["options"]["snapshots"]>): readonly Request[] {
  return [
    // Not verified here: what is wrong with a bucket must not undo the installation of Elasticsearch. The page says how to ask.
    {
      to: "elasticsearch",
      method: "PUT",
      path: "_snapshot/s3?verify=false",
      body: { type: "s3", settings: { bucket, base_path: prefix } },
    },
    {
      to: "elasticsearch",
      method: "PUT",
      path: "_slm/policy/nightly",
      body: {
        schedule: "0 30 18 * * ?",
        name: "<nightly-{now/d}>",
        repository: "s3",
        config: { indices: indexPatterns, ignore_unavailable: true, include_global_state: true },
        retention: { expire_after: `${retentionDays}d`, min_count: 5, max_count: 400 },
      },
    },
  ];
}

function dataView(id: string, title: string, name: string): Request {
  const body = { data_view: { id, title, name, timeFieldName: "@timestamp", allowNoIndex: true }, override: true };
  return { to: "kibana", method: "POST", path: "api/data_views/data_view", body };
}

/** curl waits for a cluster that is on its way; what it gives up, the Job begins again. */
const head = `set -eu
send() {
  curl --silent --show-error --fail-with-body --retry 30 --retry-delay 10 --retry-all-errors --max-time 60 \\
    --cacert "/ca/$1/ca.crt" --user "elastic:$PASSWORD" --header "Content-Type: application/json" --header "kbn-xsrf: setup" \\
    --request "$2" "$3" --data-binary "@$4"
  echo
}
`;

const addresses = {
  elasticsearch: `https://${elasticsearchHost}:${elasticsearchPort}`,
  kibana: `https://${kibanaService}.logging.svc:5601`,
};

export function setup(context: Context<"efk">): readonly CustomResource[] {
  const named = requests(context).map((request, place) => ({ ...request, file: `${String(place + 1).padStart(2, "0")}.json` }));
  const lines = named.map(({ to, method, path, file }) => `send ${to} ${method} "${addresses[to]}/${path}" /setup/${file}`);
  const data = {
    "setup.sh": `${head}${lines.join("\n")}\n`,
    ...Object.fromEntries(named.map(({ file, body }) => [file, `${JSON.stringify(body, undefined, 2)}\n`])),
  };
  const hash = createHash("sha256")
    .update(JSON.stringify([elasticStack, data]))
    .digest("hex")
    .slice(0, 8);
  const name = `elasticsearch-setup-${hash}`;
  return [{ apiVersion: "v1", kind: "ConfigMap", metadata: { name }, data }, job(name)];
}

function job(name: string): CustomResource {
  const mount = (volume: string, mountPath: string) => ({ name: volume, mountPath, readOnly: true });
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name },
    spec: {
      // With the kubelet's growing pauses this is hours, in which nodes come and images are pulled.
      backoffLimit: 30,
      template: {
        spec: {
          restartPolicy: "OnFailure",
          automountServiceAccountToken: false,
          securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: "RuntimeDefault" } },
          containers: [
            {
              name: "setup",
              // Has curl, and is on the nodes anyway.
              image: `docker.elastic.co/elasticsearch/elasticsearch:${elasticStack}`,
              command: ["sh", "/setup/setup.sh"],
              env: [{ name: "PASSWORD", valueFrom: { secretKeyRef: { name: elasticUserSecret, key: "elastic" } } }],
              resources: { requests: { cpu: "10m", memory: "32Mi" }, limits: { memory: "128Mi" } },
              securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } },
              volumeMounts: [mount("setup", "/setup"), mount("elasticsearch-ca", "/ca/elasticsearch"), mount("kibana-ca", "/ca/kibana")],
            },
          ],
          volumes: [
            { name: "setup", configMap: { name } },
            { name: "elasticsearch-ca", secret: { secretName: elasticsearchCa } },
            { name: "kibana-ca", secret: { secretName: kibanaCa } },
          ],
        },
      },
    },
  };
}
