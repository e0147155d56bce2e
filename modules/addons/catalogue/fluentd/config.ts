/**
 * Fluentd's configuration, file by file under the chart's own names: a file that is not named here would stay the chart's. `${tag}` and the
 * like are Fluentd's, not Terraform's; the engine escapes them. Sources: Fluentd documentation, "tail", "buffer"; read-me files of
 * fluent-plugin-elasticsearch, fluent-plugin-concat and fluent-plugin-kubernetes_metadata_filter, which the image has.
 */
import { elasticsearchHost, elasticsearchPort, indexPrefix } from "../efk/names.ts";

/** On the node and in the pod: positions and waiting chunks survive a new pod. */
export const bufferFolder = "/var/lib/fluentd";
export const caFolder = "/fluentd/tls";

const sources = `<source>
  @type tail
  @id containers
  @label @KUBERNETES
  path /var/log/containers/*.log
  # Its own log is left out, or an error would be shipped as the cause of the next.
  exclude_path ["/var/log/containers/fluentd-*_logging_*.log"]
  pos_file ${bufferFolder}/containers.pos
  tag kubernetes.*
  read_from_head true
  <parse>
    @type regexp
    expression /^(?<time>[^ ]+) (?<stream>stdout|stderr) (?<logtag>[FP]) (?<log>.*)$/
    time_format %Y-%m-%dT%H:%M:%S.%N%:z
  </parse>
  emit_unmatched_lines true
</source>
<source>
  @type prometheus
  bind 0.0.0.0
  port 24231
  metrics_path /metrics
</source>
`;

/** containerd splits lines at 16 KiB and marks the parts P, the last one F. */
const filters = `<label @KUBERNETES>
  <filter kubernetes.**>
    @type concat
    key log
    use_partial_cri_logtag true
    partial_cri_logtag_key logtag
    partial_cri_stream_key stream
    separator ""
    flush_interval 10
    timeout_label @DISPATCH
  </filter>
  <match **>
    @type relabel
    @label @DISPATCH
  </match>
</label>
`;

const dispatch = `<label @DISPATCH>
  <filter kubernetes.**>
    @type kubernetes_metadata
    @id metadata
    skip_labels false
    skip_container_metadata false
    skip_namespace_metadata true
    skip_master_url true
  </filter>
  <filter **>
    @type prometheus
    <metric>
      name fluentd_input_status_num_records_total
      type counter
      desc Records read
      <labels>
        tag \${tag}
      </labels>
    </metric>
  </filter>
  <match **>
    @type relabel
    @label @OUTPUT
  </match>
</label>
`;

/** Tries grow up to 5 minutes apart, 20 of them; a full buffer stops reading, and the files wait. */
function output(bufferMiB: number): string {
  return `<label @OUTPUT>
  <match **>
    @type elasticsearch
    @id elasticsearch
    host ${elasticsearchHost}
    port ${elasticsearchPort}
    scheme https
    ssl_verify true
    ca_file ${caFolder}/ca.crt
    user "#{ENV['ELASTICSEARCH_USER']}"
    password "#{ENV['ELASTICSEARCH_PASSWORD']}"
    logstash_format true
    logstash_prefix ${indexPrefix}\${$.kubernetes.namespace_name}
    logstash_dateformat %Y.%m.%d
    include_timestamp true
    suppress_type_name true
    verify_es_version_at_startup false
    default_elasticsearch_version 8
    reconnect_on_error true
    reload_connections false
    reload_on_failure false
    request_timeout 30s
    log_es_400_reason true
    <buffer tag, time, $.kubernetes.namespace_name>
      @type file
      path ${bufferFolder}/chunks
      timekey 1d
      timekey_use_utc true
      flush_mode interval
      flush_interval 5s
      flush_thread_count 2
      chunk_limit_size 8M
      total_limit_size ${bufferMiB}M
      overflow_action block
      retry_type exponential_backoff
      retry_max_interval 300s
      retry_max_times 20
    </buffer>
  </match>
</label>
`;
}

export function files(bufferMiB: number) {
  return {
    "01_sources.conf": sources,
    "02_filters.conf": filters,
    "03_dispatch.conf": dispatch,
    "04_outputs.conf": output(bufferMiB),
  };
}
