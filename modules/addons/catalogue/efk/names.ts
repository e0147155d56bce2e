/** What the operator calls things, in one place: shippers and dashboards find Elasticsearch by these. Source: ECK documentation, "Access services". */

export const elasticsearchName = "elasticsearch";
export const kibanaName = "kibana";

/** Host in the cluster; the operator's certificate carries this name. */
export const elasticsearchHost = `${elasticsearchName}-es-http.logging.svc`;
export const elasticsearchPort = 9200;
/** Secret with the CA as `ca.crt`. */
export const elasticsearchCa = `${elasticsearchName}-es-http-certs-public`;
/** Secret with the password of the user `elastic` under that name. */
export const elasticUserSecret = `${elasticsearchName}-es-elastic-user`;
export const kibanaService = `${kibanaName}-kb-http`;
export const kibanaCa = `${kibanaName}-kb-http-certs-public`;

/** Indices are `<prefix><namespace>-<day>`; `nodes-<day>` holds what kubelet and containerd say. Logstash and Filebeat may write to theirs only. */
export const indexPrefix = "k8s-";
export const nodeIndexPrefix = "nodes";
export const indexPatterns = [`${indexPrefix}*`, `${nodeIndexPrefix}-*`, "logstash-*", "filebeat-*"];

/** Who may read the CA from another namespace: external-secrets, for Grafana. */
export const logsReader = { namespace: "monitoring", serviceAccount: "elasticsearch-ca-reader" } as const;
