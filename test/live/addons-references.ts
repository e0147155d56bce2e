/**
 * What objects of the catalogue say of one another, looked up in a cluster: a chart's new version may rename an account, a port or a secret, and
 * the API server accepts that. Pure, for addons.test.ts.
 */
import type { V1IngressSpec, V1LabelSelector, V1PodDisruptionBudgetStatus, V1PodSpec, V1ServicePort } from "@kubernetes/client-node";

export interface KubeObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Readonly<Record<string, string>> };
  readonly spec?: {
    /** Of workloads. */
    readonly template?: { readonly spec?: V1PodSpec };
    readonly jobTemplate?: { readonly spec: { readonly template: { readonly spec: V1PodSpec } } };
    /** Of what makes secrets: ExternalSecret, Certificate. */
    readonly target?: { readonly name?: string };
    readonly secretName?: string;
    readonly ports?: readonly V1ServicePort[];
    readonly rules?: V1IngressSpec["rules"];
    /** Of monitors. */
    readonly selector?: V1LabelSelector;
    readonly namespaceSelector?: { readonly any?: boolean; readonly matchNames?: readonly string[] };
    readonly endpoints?: readonly { readonly port?: string }[];
  };
  readonly status?: V1PodDisruptionBudgetStatus;
}

/** What controllers and hooks make, which do not run on simulated nodes. */
const madeLater: readonly (readonly [kind: string, place: string, maker: string])[] = [
  ["Secret", "argocd/argocd-redis", "a hook of argo-cd"],
  ["Secret", "keda/kedaorg-certs", "KEDA's operator"],
  ["Secret", "kube-system/vpa-tls-certs", "a hook of vertical-pod-autoscaler"],
  ["Secret", "logging/elasticsearch-es-elastic-user", "the Elastic operator"],
  ["Secret", "logging/elasticsearch-es-http-certs-public", "the Elastic operator"],
  ["Secret", "logging/kibana-kb-http-certs-public", "the Elastic operator"],
  ["Secret", "monitoring/kube-prometheus-stack-admission", "a hook of kube-prometheus-stack"],
];
/** Its Service is made by the Prometheus operator. */
const servedLater = ["monitoring/kube-prometheus-stack-kubelet"];

const place = ({ metadata: { namespace = "", name } }: KubeObject) => `${namespace}/${name}`;
const ofKind = (objects: readonly KubeObject[], kind: string) => objects.filter((object) => object.kind === kind);

/** Secrets, ConfigMaps and accounts that pods cannot start without, and that nothing makes. */
export function missingReferences(objects: readonly KubeObject[]): string[] {
  const made = new Set([...objects.map((object) => `${object.kind} ${place(object)}`), ...madeLater.map(([kind, at]) => `${kind} ${at}`)]);
  for (const { kind, metadata, spec } of objects) {
    if (kind === "ExternalSecret") made.add(`Secret ${metadata.namespace}/${spec?.target?.name ?? metadata.name}`);
    if (kind === "Certificate") made.add(`Secret ${metadata.namespace}/${spec?.secretName}`);
  }
  return objects.flatMap((object) => {
    const pod = object.spec?.template?.spec ?? object.spec?.jobTemplate?.spec.template.spec;
    const wanted = pod ? referencesOf(pod).map(([kind, name]) => `${kind} ${object.metadata.namespace}/${name}`) : [];
    return [...new Set(wanted)].filter((one) => !made.has(one)).map((one) => `${object.kind} ${place(object)} needs ${one}`);
  });
}

type Source = { readonly name?: string; readonly optional?: boolean } | undefined;

function referencesOf(pod: V1PodSpec): (readonly [string, string])[] {
  const needed = (kind: string, source: Source) => (source?.name && !source.optional ? [[kind, source.name] as const] : []);
  const both = (secret: Source, config: Source) => [...needed("Secret", secret), ...needed("ConfigMap", config)];
  return [
    ["ServiceAccount", pod.serviceAccountName ?? "default"],
    ...(pod.volumes ?? []).flatMap(({ secret, configMap, projected }) => [
      ...both(secret && { name: secret.secretName ?? "", optional: secret.optional ?? false }, configMap),
      ...(projected?.sources ?? []).flatMap((source) => both(source.secret, source.configMap)),
    ]),
    ...[...pod.containers, ...(pod.initContainers ?? [])].flatMap(({ env = [], envFrom = [] }) => [
      ...env.flatMap(({ valueFrom }) => both(valueFrom?.secretKeyRef, valueFrom?.configMapKeyRef)),
      ...envFrom.flatMap(({ secretRef, configMapRef }) => both(secretRef, configMapRef)),
    ]),
  ];
}

/** ServiceMonitors that select no Service, or none with their port: what they are for is never measured, and nobody says so. */
export function blindMonitors(objects: readonly KubeObject[]): string[] {
  const services = ofKind(objects, "Service");
  const sees = ({ metadata, spec }: KubeObject, port: string | undefined) =>
    services.some((service) => {
      const { any = false, matchNames = [metadata.namespace ?? ""] } = spec?.namespaceSelector ?? {};
      const near = any || matchNames.includes(service.metadata.namespace ?? "");
      const labels = Object.entries(spec?.selector?.matchLabels ?? {}).every(([key, value]) => service.metadata.labels?.[key] === value);
      return near && labels && (port === undefined || (service.spec?.ports ?? []).some(({ name }) => name === port));
    });
  return ofKind(objects, "ServiceMonitor")
    .filter((monitor) => !servedLater.includes(place(monitor)))
    .flatMap((monitor) =>
      (monitor.spec?.endpoints ?? []).filter(({ port }) => !sees(monitor, port)).map(({ port }) => `${place(monitor)}: ${port}`),
    );
}

/** Ingresses whose Service, or the port of it that they name, is not there. */
export function deadIngresses(objects: readonly KubeObject[]): string[] {
  const ports = new Map(ofKind(objects, "Service").map((service) => [place(service), service.spec?.ports ?? []]));
  return ofKind(objects, "Ingress").flatMap((ingress) =>
    (ingress.spec?.rules ?? [])
      .flatMap(({ http }) => http?.paths ?? [])
      .filter(({ backend: { service } }) => {
        const offered = ports.get(`${ingress.metadata.namespace}/${service?.name}`) ?? [];
        return !offered.some(({ name, port }) =>
          service?.port?.name !== undefined ? name === service.port.name : port === service?.port?.number,
        );
      })
      .map(({ backend }) => `${place(ingress)}: ${backend.service?.name}`),
  );
}

/** Budgets of pods that all run, and that let none go: they hold up every drain of their nodes. */
export function blockedDrains(objects: readonly KubeObject[]): string[] {
  return ofKind(objects, "PodDisruptionBudget")
    .filter(({ status }) => status !== undefined && status.expectedPods > 0 && status.disruptionsAllowed < 1)
    .map(place);
}
