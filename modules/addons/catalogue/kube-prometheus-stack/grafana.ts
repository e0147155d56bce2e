/** Values of Grafana: everything in it is code, so that it needs no volume and a new pod shows what the old one did. */
import type { CustomResource, Values } from "../../addon.ts";
import type { Context } from "../../context.ts";
import { ingressClasses, internalAlb } from "../../ingress.ts";
import { affinityOf, resourcesOf } from "../../workload.ts";
import { stackWorkloads } from "./workloads.ts";

type Stack = Context<"kube-prometheus-stack">;

/** The name of Grafana's service account, to which the rights for CloudWatch are bound. */
export const grafanaAccount = "grafana";

const secretFolder = "/etc/secrets/elasticsearch";

/** What the sidecars look for. Under the name that the chart's has: the role of a binding cannot change. */
export const configMapReader: CustomResource = {
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: "ClusterRole",
  metadata: { name: "kube-prometheus-stack-grafana-clusterrole" },
  rules: [{ apiGroups: [""], resources: ["configmaps"], verbs: ["get", "list", "watch"] }],
};

export function grafanaValues({ options, environment, production, accountAnnotations }: Stack): Values {
  const { grafana, sidecar } = stackWorkloads(production);
  const { secret, host, certificate, logs } = options.grafana;
  return {
    replicas: grafana.replicas ?? 1,
    resources: resourcesOf(grafana),
    affinity: affinityOf(grafana),
    serviceAccount: { name: grafanaAccount, annotations: accountAnnotations(grafanaAccount) },
    admin: { existingSecret: secret },
    // By the chart's own role whoever breaks into Grafana reads every Secret of the cluster.
    rbac: { useExistingClusterRole: configMapReader.metadata.name },
    // They go on watching: a data source that is added needs no new pod.
    sidecar: {
      resources: resourcesOf(sidecar),
      datasources: { resource: "configmap" },
      dashboards: { resource: "configmap", folderAnnotation: "grafana_folder", provider: { foldersFromFilesStructure: true } },
    },
    additionalDataSources: [cloudWatch(environment.region), ...(logs ? [elasticsearch(logs)] : [])],
    ...(logs && {
      extraSecretMounts: [{ name: "elasticsearch", secretName: logs.secret, mountPath: secretFolder, defaultMode: 0o440, readOnly: true }],
    }),
    "grafana.ini": {
      analytics: { check_for_updates: false, check_for_plugin_updates: false, reporting_enabled: false },
      // Data sources are plugins that the image brings. At its start Grafana ends those that are not the newest, fails to replace them on the
      // read-only file system, and the data source is gone (grafana/grafana#132528).
      plugins: { preinstall_auto_update: false },
      users: { allow_sign_up: false, viewers_can_edit: false },
      security: { disable_gravatar: true, cookie_secure: host !== undefined, strict_transport_security: host !== undefined },
      ...(host !== undefined && { server: { root_url: `https://${host}` } }),
    },
    ...(host !== undefined && { ingress: ingressOf(host, certificate) }),
    testFramework: { enabled: false },
    defaultDashboardsTimezone: "Asia/Seoul",
  };
}

function cloudWatch(region: string): Values {
  // `default`: the AWS SDK's own search for credentials, which finds the pod identity.
  return {
    name: "CloudWatch",
    uid: "cloudwatch",
    type: "cloudwatch",
    access: "proxy",
    jsonData: { authType: "default", defaultRegion: region },
  };
}

/** Grafana reads user, password and CA from files at its start. Source: Grafana documentation, "Provisioning", variable expansion. */
function elasticsearch({ url, index }: { readonly url: string; readonly index: string }): Values {
  const file = (name: string) => `$__file{${secretFolder}/${name}}`;
  return {
    name: "Elasticsearch",
    uid: "elasticsearch",
    type: "elasticsearch",
    access: "proxy",
    url,
    basicAuth: true,
    basicAuthUser: file("username"),
    jsonData: {
      index,
      timeField: "@timestamp",
      logMessageField: "log",
      logLevelField: "level",
      tlsAuthWithCACert: true,
    },
    secureJsonData: { basicAuthPassword: file("password"), tlsCACert: file("ca") },
  };
}

function ingressOf(host: string, certificate: string | undefined): Values {
  return {
    enabled: true,
    ingressClassName: ingressClasses.inside,
    hosts: [host],
    annotations: internalAlb(certificate, { "healthcheck-path": "/api/health" }),
  };
}
