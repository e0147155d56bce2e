/**
 * Fluent Bit's configuration. `${NAME}` in it is a variable of the pod, not of Terraform; the engine escapes it.
 * Sources: Fluent Bit manual, "Tail", "Kubernetes filter", "Multiline", "Elasticsearch", "OpenSearch", "Buffering and storage".
 */
import { elasticsearchHost, elasticsearchPort, indexPrefix, nodeIndexPrefix } from "../efk/names.ts";

/** Path in the pod and on the node: positions and waiting chunks survive a new pod. */
export const bufferFolder = "/var/lib/fluent-bit";
export const caFolder = "/fluent-bit/tls";

type Setting = readonly [string, string | number];

function section(name: string, settings: readonly Setting[]): string {
  return [`[${name}]`, ...settings.map(([key, value]) => `    ${key} ${value}`), ""].join("\n");
}

export const service = section("SERVICE", [
  ["Daemon", "Off"],
  ["Flush", 5],
  // Seconds for what is in flight at the end; the pod's grace is longer.
  ["Grace", 30],
  ["Log_Level", "info"],
  ["Parsers_File", "/fluent-bit/etc/parsers.conf"],
  ["HTTP_Server", "On"],
  ["HTTP_Listen", "0.0.0.0"],
  ["HTTP_Port", 2020],
  ["Health_Check", "On"],
  ["storage.path", `${bufferFolder}/chunks`],
  ["storage.sync", "normal"],
  ["storage.metrics", "On"],
  // Of chunks found at the start; the rest is read as these go.
  ["storage.backlog.mem_limit", "16M"],
  ["storage.max_chunks_up", 64],
  // Pauses between tries: 5 s, doubled up to 5 minutes.
  ["scheduler.base", 5],
  ["scheduler.cap", 300],
]);

/** @param excluded namespaces that are not read. Fluent Bit's own logs are left out, or an error would be shipped as the cause of the next. */
export function inputs(excluded: readonly string[]): string {
  const own = "/var/log/containers/fluent-bit-*_logging_*.log";
  const tail = section("INPUT", [
    ["Name", "tail"],
    ["Tag", "kube.*"],
    ["Path", "/var/log/containers/*.log"],
    ["Exclude_Path", [own, ...excluded.map((namespace) => `/var/log/containers/*_${namespace}_*.log`)].join(",")],
    // Joins what containerd split at 16 KiB.
    ["multiline.parser", "cri"],
    ["DB", `${bufferFolder}/tail.db`],
    ["DB.locking", "true"],
    ["Read_from_Head", "On"],
    ["Refresh_Interval", 10],
    ["Rotate_Wait", 30],
    ["Buffer_Max_Size", "1M"],
    ["Skip_Long_Lines", "On"],
    ["storage.type", "filesystem"],
  ]);
  const units = ["kubelet.service", "containerd.service"];
  const journal = section("INPUT", [
    ["Name", "systemd"],
    ["Tag", "host.*"],
    ...units.map((unit): Setting => ["Systemd_Filter", `_SYSTEMD_UNIT=${unit}`]),
    ["DB", `${bufferFolder}/journal.db`],
    ["Read_From_Tail", "On"],
    ["Strip_Underscores", "On"],
    ["storage.type", "filesystem"],
  ]);
  return `${tail}\n${journal}`;
}

const filterSections = [
  // Stack traces become one record. First of all filters: what it emits runs through all of them.
  section("FILTER", [
    ["Name", "multiline"],
    ["Match", "kube.*"],
    ["multiline.key_content", "log"],
    ["multiline.parser", "java,python,go"],
    ["Emitter_Storage.type", "filesystem"],
    ["Emitter_Mem_Buf_Limit", "20M"],
  ]),
  section("FILTER", [
    ["Name", "kubernetes"],
    ["Match", "kube.*"],
    // What a pod logs as JSON goes below `app`, and never over fields of ours. The line itself stays for the script, which makes it readable.
    ["Merge_Log", "On"],
    ["Merge_Log_Key", "app"],
    ["Keep_Log", "On"],
    ["K8S-Logging.Parser", "On"],
    ["K8S-Logging.Exclude", "On"],
    ["Labels", "On"],
    ["Annotations", "Off"],
    // Answers of the API server of any size: a pod's description is easily above the default of 32 KiB.
    ["Buffer_Size", 0],
  ]),
  section("FILTER", [
    ["Name", "lua"],
    ["Match", "kube.*"],
    ["script", "/fluent-bit/scripts/record.lua"],
    ["call", "record"],
  ]),
];
export const filters = filterSections.join("\n");

/**
 * `index`: outputs take a prefix as it is or a whole field, no text around a field. `log` and `level`: one name for what programs call by
 * several, so that Grafana and Kibana show a line and its level whoever wrote it; without it a line of JSON would be blank there.
 */
export const recordScript = `local function text(value)
  if type(value) == "string" or type(value) == "number" then return tostring(value) end
end

function record(tag, timestamp, entry)
  local kubernetes = entry["kubernetes"]
  local namespace = kubernetes and kubernetes["namespace_name"] or "unknown"
  entry["index"] = "${indexPrefix}" .. namespace
  local app = entry["app"]
  if type(app) == "table" then
    entry["log"] = text(app["message"]) or text(app["msg"]) or entry["log"]
    local level = text(app["level"]) or text(app["severity"])
    if level then entry["level"] = string.lower(level) end
  end
  return 2, timestamp, entry
end
`;

export interface Sink {
  readonly settings: readonly Setting[];
}

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: Fluent Bit's variables.
export const elasticsearchSink: Sink = {
  settings: [
    ["Name", "es"],
    ["Host", elasticsearchHost],
    ["Port", elasticsearchPort],
    ["HTTP_User", "${ELASTICSEARCH_USER}"],
    ["HTTP_Passwd", "${ELASTICSEARCH_PASSWORD}"],
    ["tls.ca_file", `${caFolder}/ca.crt`],
  ],
};
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: Fluent Bit's variables.

export function opensearchSink(endpoint: string, region: string): Sink {
  return {
    settings: [
      ["Name", "opensearch"],
      ["Host", endpoint],
      ["Port", 443],
      ["AWS_Auth", "On"],
      ["AWS_Region", region],
      ["AWS_Service_Name", "es"],
    ],
  };
}

/** One output for pods, an index per namespace and day, and one for nodes; three quarters of the buffer for pods. */
export function outputs({ settings }: Sink, bufferMiB: number): string {
  const common: readonly Setting[] = [
    ...settings,
    ["tls", "On"],
    ["tls.verify", "On"],
    ["tls.verify_hostname", "On"],
    ["Logstash_Format", "On"],
    ["Logstash_DateFormat", "%Y.%m.%d"],
    // Elasticsearch 8 and later, and OpenSearch 2 and later, refuse a type.
    ["Suppress_Type_Name", "On"],
    ["Replace_Dots", "On"],
    // A second try of a chunk that did arrive makes no second document.
    ["Generate_ID", "On"],
    ["Time_Key_Nanos", "On"],
    ["Compress", "gzip"],
    ["Trace_Error", "On"],
    // With the pauses of SERVICE more than an hour; endless tries of a document that is refused would block the rest.
    ["Retry_Limit", 20],
  ];
  const pods = section("OUTPUT", [
    ...common,
    ["Match", "kube.*"],
    ["Alias", "pods"],
    ["Logstash_Prefix", `${indexPrefix}unknown`],
    ["Logstash_Prefix_Key", "index"],
    ["storage.total_limit_size", `${Math.floor(bufferMiB * 0.75)}M`],
  ]);
  const nodes = section("OUTPUT", [
    ...common,
    ["Match", "host.*"],
    ["Alias", "nodes"],
    ["Logstash_Prefix", nodeIndexPrefix],
    ["storage.total_limit_size", `${Math.floor(bufferMiB * 0.25)}M`],
  ]);
  return `${pods}\n${nodes}`;
}
