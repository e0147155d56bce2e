/** Logstash and Filebeat as the operator's objects. It gives each a user that may write to indices of its own name only. */
import { elasticStack } from "../../../../environments/chart-versions.ts";
import type { CustomResource } from "../../addon.ts";
import { resourcesOf, spreadOf, tolerationsOf, type Workload } from "../../workload.ts";
import { elasticsearchName } from "./names.ts";

const license = { "eck.k8s.elastic.co/license": "basic" };

export function logstashWorkload(production: boolean): Workload {
  return {
    name: "logstash",
    kind: "StatefulSet",
    replicas: production ? 2 : 1,
    milliCpu: 250,
    // The operator's default is 2 GiB; half is the heap.
    memoryMiB: 2048,
    maxUnavailable: 1,
    labels: { "logstash.k8s.elastic.co/name": "logstash" },
    nodes: "any",
  };
}

/** `ECK_ES_*` is what the operator puts into the pod for a reference called `eck`. Source: ECK documentation, "Configure Logstash". */
const pipeline = `input { beats { port => 5044 } }
output {
  elasticsearch {
    hosts => ["\${ECK_ES_HOSTS}"]
    user => "\${ECK_ES_USER}"
    password => "\${ECK_ES_PASSWORD}"
    ssl_certificate_authorities => "\${ECK_ES_SSL_CERTIFICATE_AUTHORITY}"
    index => "logstash-%{+yyyy.MM.dd}"
    manage_template => false
    ilm_enabled => false
  }
}
`;

export function logstash(production: boolean): CustomResource {
  const workload = logstashWorkload(production);
  return {
    apiVersion: "logstash.k8s.elastic.co/v1alpha1",
    kind: "Logstash",
    metadata: { name: "logstash", annotations: license },
    spec: {
      version: elasticStack,
      count: workload.replicas ?? 1,
      elasticsearchRefs: [{ name: elasticsearchName, clusterName: "eck" }],
      pipelines: [{ "pipeline.id": "beats", "config.string": pipeline, "queue.type": "persisted" }],
      services: [
        {
          name: "beats",
          service: { spec: { type: "ClusterIP", ports: [{ name: "beats", port: 5044, protocol: "TCP", targetPort: 5044 }] } },
        },
      ],
      podTemplate: {
        spec: {
          automountServiceAccountToken: false,
          topologySpreadConstraints: spreadOf(workload),
          containers: [{ name: "logstash", resources: resourcesOf(workload) }],
        },
      },
      volumeClaimTemplates: [
        {
          metadata: { name: "logstash-data" },
          spec: { accessModes: ["ReadWriteOnce"], storageClassName: "gp3", resources: { requests: { storage: "10Gi" } } },
        },
      ],
    },
  };
}

export const filebeatWorkload: Workload = {
  name: "filebeat",
  kind: "DaemonSet",
  milliCpu: 50,
  memoryMiB: 128,
  memoryLimitMiB: 300,
  nodes: "every",
};

/** Files of Amazon Linux 2023; its journal has no files. Container logs are Fluent Bit's. */
const files = ["/var/log/audit/audit.log", "/var/log/cloud-init.log", "/var/log/cloud-init-output.log"];

export function filebeat(): CustomResource {
  return {
    apiVersion: "beat.k8s.elastic.co/v1beta1",
    kind: "Beat",
    metadata: { name: "filebeat", annotations: license },
    spec: {
      type: "filebeat",
      version: elasticStack,
      elasticsearchRef: { name: elasticsearchName },
      config: {
        "filebeat.inputs": [{ type: "filestream", id: "node-files", paths: files }],
        processors: [{ add_host_metadata: {} }, { add_cloud_metadata: {} }],
        // A day's index under our own template and life cycle, in place of a data stream that nobody would delete.
        "output.elasticsearch.index": "filebeat-%{+yyyy.MM.dd}",
        "setup.ilm.enabled": false,
        "setup.template.enabled": false,
      },
      daemonSet: {
        podTemplate: {
          spec: {
            automountServiceAccountToken: false,
            tolerations: tolerationsOf(filebeatWorkload),
            priorityClassName: "system-node-critical",
            // The audit log is root's.
            securityContext: { runAsUser: 0 },
            containers: [
              {
                name: "filebeat",
                resources: resourcesOf(filebeatWorkload),
                volumeMounts: [{ name: "varlog", mountPath: "/var/log", readOnly: true }],
              },
            ],
            volumes: [{ name: "varlog", hostPath: { path: "/var/log" } }],
          },
        },
      },
    },
  };
}
