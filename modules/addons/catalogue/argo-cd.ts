/** Argo CD: what runs in the cluster is what stands in Git. What it is, who may do what, and what it starts with are in argo-cd/. */
import { addon } from "../addon.ts";
import { merged } from "../values.ts";
import { alerts } from "./argo-cd/alerts.ts";
import { notificationValues } from "./argo-cd/notifications.ts";
import { projectResources, rootApplication, webhookIngress } from "./argo-cd/objects.ts";
import { argoPods } from "./argo-cd/pods.ts";
import { secretNames, secretResources } from "./argo-cd/secrets.ts";
import { argoConfigs, argoIngress, clusterStatements, healthCheck } from "./argo-cd/settings.ts";
import { argoWorkloads, runningWorkloads } from "./argo-cd/workloads.ts";

/** Those that talk to other clusters. Source: Argo CD, "Declarative Setup", EKS. */
const accounts = { controller: "argocd-application-controller", server: "argocd-server" };

export const argoCd = addon({
  id: "argo-cd",
  purpose: "Keeps the cluster as Git says: applications, projects, single sign-on, and the root application of `gitops/`",
  chart: "argo-cd",
  namespace: "argocd",
  // The load balancer controller's webhook answers the Ingress; external-secrets makes what the settings refer to.
  after: ["aws-load-balancer-controller", "external-secrets", "prometheus-operator-crds"],
  alerts: () => alerts,
  kubernetes: { from: "1.25" },
  // Its definitions are in the chart's templates: they must be usable before the projects and the root application.
  wait: true,
  // Redis comes up one after the other, after a hook job.
  timeout: 600,
  workloads: ({ production, options }) =>
    runningWorkloads(argoWorkloads(production), production, { dex: options.sso !== undefined, notifications: options.slack !== undefined }),
  identities: ({ options }) => {
    const statements = clusterStatements(options);
    return statements.length === 0 ? [] : Object.values(accounts).map((serviceAccount) => ({ serviceAccount, statements }));
  },
  values: ({ options, production, has, accountAnnotations }) => {
    const secrets = secretNames(options, has("external-secrets"));
    const account = (name: string) => ({ serviceAccount: { name, annotations: accountAnnotations(name) } });
    return merged(argoPods(argoWorkloads(production), production, has("prometheus-operator-crds")), {
      global: { domain: options.host },
      // Removing the release must not remove every application and project of every team.
      crds: { keep: true },
      configs: argoConfigs(options, secrets),
      controller: account(accounts.controller),
      server: {
        ...account(accounts.server),
        service: { annotations: healthCheck },
        ingress: has("aws-load-balancer-controller") ? argoIngress(options) : { enabled: false },
      },
      dex: { enabled: options.sso !== undefined },
      notifications: notificationValues(options.slack, secrets.slack),
    });
  },
  resources: (context) => {
    const { environment, options, has } = context;
    return [
      ...secretResources(context),
      ...projectResources(options, environment),
      rootApplication(options, environment),
      ...(has("aws-load-balancer-controller") ? webhookIngress(options) : []),
    ];
  },
  freeValues: ["configs.cm", "configs.params"],
  choices: {
    "policy.default": "`role:readonly`: who got in may look; an empty one shows nothing at all, to anybody",
    "policy.csv":
      "devops everything, developers sync and restart in their projects, sqa reads, `automation` only syncs (and reads, as all do)",
    "dex.config": "only the teams that are named get in, not the whole organisation",
    "server.insecure": "TLS ends at the load balancer",
    "server.ingress": "internal, over HTTPS; gRPC of the command line by content type on a second target group",
    "configs.secret.githubSecret": "a reference to another secret, which Argo CD follows; never the secret itself",
    "redis-ha.enabled": "in production: three redis behind three proxies, each on its own node",
    "controller.replicas": "one: a second is a shard for other clusters, not a stand-by",
    "dex.enabled": "only with single sign-on; so are notifications with Slack",
    "notifications.secret.create": "off: the token comes from external-secrets, or from a secret made by hand",
    "Application/root": "without the deletion finalizer: taking Argo CD out of an environment must not take the workloads with it",
    "AppProject/platform": "the root application may bring applications and projects into `argocd`, and nothing else",
    "AppProject/*":
      "of a team: its repositories and namespaces, nothing of the whole cluster, and only kinds that a service is made of; no SecretStore, which would read AWS with the rights of external-secrets itself",
    "secrets of options":
      "with external-secrets names in Secrets Manager (JSON with the keys that the option says); without, Kubernetes secrets in `argocd` with these keys and the label `app.kubernetes.io/part-of: argocd`, and repositories as Argo CD's Declarative Setup says",
    "webhook.host":
      "GitHub does not reach an internal load balancer: one path, from GitHub's addresses, on a load balancer of the class `alb-public` (`public` of aws-load-balancer-controller) or another of yours; without it, repositories are asked every two to three minutes",
  },
  docs: {
    verify: [
      "kubectl -n argocd get pods",
      "kubectl -n argocd get applications",
      "kubectl -n argocd get secret argocd-initial-admin-secret -o jsonpath='{.data.password}' | base64 -d",
      "argocd login <host> && argocd account list",
      "argocd account update-password --account <user>",
      "argocd account generate-token --account automation",
      "argocd admin settings rbac can role:developer sync applications 'platform/root' --namespace argocd",
    ],
    upgrade:
      "Change its line in environments/chart-versions.ts and read Argo CD's upgrade notes of each minor between. Definitions are part of the chart and move with it. A major of the chart may change selectors of redis-ha, which then has to be deleted first.",
    remove:
      "Applications with a finalizer of their own (`resources-finalizer.argocd.argoproj.io`) go first, while it runs: without it they would hold the namespace. Then take it out of `addons`: applications and projects go, workloads stay. If the workloads are to go, too, `argocd app delete root --cascade` comes first. The definitions stay (`helm.sh/resource-policy: keep`).",
  },
});
