/** What kwokctl is told: one control plane on loopback, with our token webhook. Pure; the file is JSON, which is YAML. */

export interface Ports {
  readonly etcd: number;
  readonly etcdPeer: number;
  readonly apiServer: number;
  readonly controllerManager: number;
  readonly scheduler: number;
  readonly kwok: number;
}

export interface ConfigInput {
  readonly ports: Ports;
  /** Where kwokctl keeps what it downloads; shared by runs. */
  readonly cache: string;
  /** kubeconfig file that names the TokenReview webhook. */
  readonly tokenWebhook: string;
  /** For example "1.35.4". */
  readonly kubernetesVersion: string;
}

/**
 * Pods are simulated, so a webhook's service never answers: with failurePolicy Fail every write of the matched kind would be refused
 * (cert-manager, load balancer controller, Kyverno ...). The configurations are still stored and can be read; they do not act.
 */
const disabledAdmission = ["ValidatingAdmissionWebhook", "MutatingAdmissionWebhook"] as const;

/**
 * API of MutatingAdmissionPolicy (in-process, so it needs no webhook), by which pods are given to the Fargate scheduler: beta and off in
 * 1.34 and 1.35, on since 1.36 (KEP-3962). Undefined where there is none; then pods for Fargate are taken from what stays pending.
 */
export function mutatingPolicyApi(kubernetesVersion: string): "v1beta1" | "v1" | undefined {
  const minor = Number(kubernetesVersion.split(".")[1]);
  return minor >= 36 ? "v1" : minor >= 34 ? "v1beta1" : undefined;
}

/** Extra flags of kube-apiserver, with the reason for each. */
function apiServerFlags(input: ConfigInput): Record<string, string> {
  const beta = mutatingPolicyApi(input.kubernetesVersion) === "v1beta1";
  return {
    ...(beta ? { "feature-gates": "MutatingAdmissionPolicy=true", "runtime-config": "admissionregistration.k8s.io/v1beta1=true" } : {}),
    "disable-admission-plugins": disabledAdmission.join(","),
    "authentication-token-webhook-config-file": input.tokenWebhook,
    "authentication-token-webhook-version": "v1",
    // kube-apiserver keeps an accepted token for 10 s more, whatever is set here (TokenSuccessCacheTTL in
    // pkg/kubeapiserver/options/authentication.go has no flag); bindings act at once all the same.
    "authentication-token-webhook-cache-ttl": "500ms",
  };
}

/** The data is thrown away with the run, so waiting for the disk buys nothing. */
const etcdFlags = { "unsafe-no-fsync": "true" };

/**
 * Of the controller manager and the scheduler. There is one of each, so nobody to lead; but one that cannot renew its lease for 10 s, because
 * the machine is busy or was asleep, would end itself and take the cluster along (kube-controller-manager, --leader-elect-renew-deadline).
 */
const aloneFlags = { "leader-elect": "false" };

export function kwokctlConfiguration(input: ConfigInput): object {
  const { ports } = input;
  return {
    apiVersion: "config.kwok.x-k8s.io/v1alpha1",
    kind: "KwokctlConfiguration",
    options: {
      runtime: "binary",
      bindAddress: "127.0.0.1",
      cacheDir: input.cache,
      kubeVersion: `v${input.kubernetesVersion}`,
      quietPull: true,
      // A hundred nodes lose their not-ready taint in one second instead of ten.
      disableQPSLimits: true,
      etcdPort: ports.etcd,
      etcdPeerPort: ports.etcdPeer,
      kubeApiserverPort: ports.apiServer,
      kubeControllerManagerPort: ports.controllerManager,
      kubeSchedulerPort: ports.scheduler,
      kwokControllerPort: ports.kwok,
    },
    componentsPatches: [
      patch("kube-apiserver", apiServerFlags(input)),
      patch("etcd", etcdFlags),
      patch("kube-controller-manager", aloneFlags),
      patch("kube-scheduler", aloneFlags),
    ],
  };
}

function patch(name: string, flags: Readonly<Record<string, string>>): object {
  return { name, extraArgs: Object.entries(flags).map(([key, value]) => ({ key, value })) };
}

/** kubeconfig of the webhook, as kube-apiserver reads it. */
export function tokenWebhookConfig(url: string): object {
  return {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "tokens", cluster: { server: url } }],
    users: [{ name: "kube-apiserver", user: {} }],
    contexts: [{ name: "tokens", context: { cluster: "tokens", user: "kube-apiserver" } }],
    "current-context": "tokens",
  };
}
