/** Elasticsearch and Kibana for the cluster's logs; docs/adr/0005 says why in the cluster. What ships logs is `fluent-bit` or `fluentd`. */
import { addon } from "../addon.ts";
import type { Context } from "../context.ts";
import { secretResources } from "../secret-option.ts";
import { elasticsearch, nodeSets } from "./efk/elasticsearch.ts";
import { kibana, kibanaIngress, kibanaWorkload } from "./efk/kibana.ts";
import { caReaders } from "./efk/readers.ts";
import { setup } from "./efk/setup.ts";
import { filebeat, filebeatWorkload, logstash, logstashWorkload } from "./efk/shippers.ts";
import { s3Account, s3Rights, s3ServiceAccount } from "./efk/snapshots.ts";
import { shipperRole, userSecrets } from "./efk/users.ts";

export const efk = addon({
  id: "efk",
  purpose:
    "Elasticsearch and Kibana for the cluster's logs, with life cycle, templates and snapshots; beside it a shipper, `fluent-bit` or `fluentd`",
  namespace: "logging",
  needs: [
    { id: "eck-operator", because: "it makes Elasticsearch and Kibana of their objects" },
    { id: "storage-classes", because: "its volumes are of the class gp3" },
  ],
  // The webhook of the one admits the Ingress of Kibana; the other makes secrets of users.
  after: ["aws-load-balancer-controller", "external-secrets"],
  // The Job is done when Elasticsearch and Kibana answer: shippers come later, so that no index is made before its template.
  wait: true,
  // Nodes, volumes, images of 1 GiB, and Java that starts: minutes, on a bad day many.
  timeout: 1800,
  identities: ({ options: { snapshots } }) => (snapshots ? [{ serviceAccount: s3Account, statements: s3Rights(snapshots) }] : []),
  workloads: ({ production, options, ...rest }: Context<"efk">) => [
    ...nodeSets({ production, options, ...rest }).map(({ workload }) => workload),
    kibanaWorkload(production),
    ...(options.logstash ? [logstashWorkload(production)] : []),
    ...(options.filebeat ? [filebeatWorkload] : []),
  ],
  resources: (context) => {
    const { options, production } = context;
    return [
      ...(options.snapshots ? [s3ServiceAccount] : []),
      shipperRole,
      ...caReaders,
      ...secretResources(userSecrets(options.users), context),
      elasticsearch(context),
      ...kibana(context),
      ...(options.host ? [kibanaIngress(options.host, options.certificate)] : []),
      ...setup(context),
      ...(options.logstash ? [logstash(production)] : []),
      ...(options.filebeat ? [filebeat()] : []),
    ];
  },
  choices: {
    "Elasticsearch/nodeSets":
      "three masters without data and `dataNodes` over zones in production; one node with every role in development",
    "Elasticsearch/volumeClaimDeletePolicy": "volumes outlive a removed release in production; the operator's default deletes them",
    "Elasticsearch/initContainers":
      "production only: raises vm.max_map_count, without which memory maps fail; the namespace is `privileged` for the shipper anyway",
    "Elasticsearch/node.store.allow_mmap": "off in development, where no kernel setting is worth it",
    "Job/elasticsearch-setup": "life cycle, template, snapshots and data views by REST: StackConfigPolicy needs an Enterprise licence",
    "Secret/elasticsearch-roles":
      "a role for shippers that writes and reads nothing, by `users`; it holds no secret, the operator only reads roles from one",
    "Role/elasticsearch-ca-reader":
      "Grafana's namespace may read the certificate of the CA, so that a renewed one is there within the hour",
    timeout: "30 minutes: the apply is done when Elasticsearch and Kibana are told their templates",
    "index template": "JSON of applications and labels are `flattened` fields, so that no team's field breaks another's mapping",
    "ServiceAccount/elasticsearch":
      "with `snapshots`: pod identity for its prefix of the bucket; the bucket itself is made elsewhere, since it must outlive the cluster",
    "Ingress/kibana": "with `host`: HTTPS only, scheme and security groups of the class `alb`",
  },
  docs: {
    verify: [
      "kubectl -n logging get elasticsearch,kibana",
      "kubectl -n logging get jobs,pvc",
      "kubectl -n logging get secret elasticsearch-es-elastic-user -o go-template='{{.data.elastic | base64decode}}'",
      "kubectl -n logging port-forward service/kibana-kb-http 5601",
      "# with `snapshots`, in Kibana's Dev Tools: POST _snapshot/s3/_verify",
    ],
    upgrade:
      "The version of the stack is `elasticStack` in environments/chart-versions.ts; the operator restarts node by node while the cluster is green. A version never goes back: take a snapshot first. From 9.6 the name of the token file for snapshots may change to the documented one (snapshots.ts).",
    remove:
      "Take it and its shipper out of `addons`, the operator one apply later. In production the volumes stay (`kubectl -n logging get pvc`), and with the namespace they go: a snapshot is what lasts.",
  },
});
