/** Objects that Argo CD starts with: projects, the root application, and the way in for GitHub's webhook. */
import type { AddonOptions } from "../../../../environments/schema/addons.ts";
import type { Environment } from "../../../../environments/schema.ts";
import type { CustomResource } from "../../addon.ts";
import { webhookAlb } from "../../ingress.ts";
import { platformProject, projectRoles } from "./policy.ts";
import { teamKinds } from "./team-kinds.ts";

type Options = AddonOptions<"argo-cd">;
type Project = Options["projects"][string];

const apiVersion = "argoproj.io/v1alpha1";
/** This cluster, as Argo CD names it. */
const inCluster = "https://kubernetes.default.svc";
export const namespace = "argocd";

/** Where the root application comes from. */
export function rootSource(options: Options, environment: Pick<Environment, "name" | "repository">) {
  const { repository, path, revision } = options.root;
  return {
    repoURL: repository ?? `https://github.com/${environment.repository}.git`,
    path: path ?? `gitops/environments/${environment.name}`,
    targetRevision: revision,
  };
}

export function projectResources(options: Options, environment: Pick<Environment, "name" | "repository">): CustomResource[] {
  return [
    platform(options, environment),
    ...Object.entries(options.projects).map(([name, project]) => teamProject(options, name, project)),
  ];
}

/** The project of the root application: it brings applications and projects into Argo CD's own namespace, and nothing else anywhere. */
function platform(options: Options, environment: Pick<Environment, "name" | "repository">): CustomResource {
  return {
    apiVersion,
    kind: "AppProject",
    metadata: { name: platformProject },
    spec: {
      description: "Applications, projects and application sets of this environment",
      sourceRepos: [rootSource(options, environment).repoURL],
      destinations: [{ server: inCluster, namespace }],
      namespaceResourceWhitelist: ["AppProject", "Application", "ApplicationSet"].map((kind) => ({ group: "argoproj.io", kind })),
      roles: projectRoles(options, platformProject, []),
    },
  };
}

/** A project of people who share the cluster with others. */
export function teamProject(
  options: Options,
  name: string,
  { description, repositories, namespaces, clusters, developers }: Project,
): CustomResource {
  const servers = [inCluster, ...clusters.map((cluster) => serverOf(options, name, cluster))];
  return {
    apiVersion,
    kind: "AppProject",
    metadata: { name },
    spec: {
      ...(description && { description }),
      sourceRepos: repositories,
      destinations: servers.flatMap((server) => namespaces.map((allowed) => ({ server, namespace: allowed }))),
      // Nothing of the whole cluster, and of a namespace only what a service is made of.
      clusterResourceWhitelist: [],
      namespaceResourceWhitelist: teamKinds,
      roles: projectRoles(options, name, developers),
    },
  };
}

function serverOf({ clusters }: Options, project: string, name: string): string {
  const server = clusters[name]?.server;
  if (server === undefined) {
    throw new Error(
      `addons.argo-cd.projects.${project}.clusters: there is no "${name}" in addons.argo-cd.clusters; add it, or take it out.`,
    );
  }
  return server;
}

/**
 * Without the finalizer that deletes what an application made: whoever takes Argo CD out of an environment must not take its workloads with
 * it, and an object that waits for a controller that is gone would keep the namespace for ever.
 */
export function rootApplication(options: Options, environment: Pick<Environment, "name" | "repository">): CustomResource {
  return {
    apiVersion,
    kind: "Application",
    metadata: { name: "root" },
    spec: {
      project: platformProject,
      source: rootSource(options, environment),
      destination: { server: inCluster, namespace },
      syncPolicy: {
        automated: { prune: true, selfHeal: true },
        // Half a minute to a few minutes: long enough for a CRD that another application of the same push brings.
        retry: { limit: 5, backoff: { duration: "10s", factor: 2, maxDuration: "3m" } },
      },
    },
  };
}

/** GitHub reaches nothing internal: this one path, from its own addresses, on another load balancer. */
export function webhookIngress({ webhook }: Options): CustomResource[] {
  if (webhook?.host === undefined) return [];
  return [
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      metadata: {
        name: "argocd-webhook",
        annotations: webhookAlb(webhook.from, "/healthz"),
      },
      spec: {
        ingressClassName: webhook.ingressClass,
        rules: [
          {
            host: webhook.host,
            http: {
              paths: [{ path: "/api/webhook", pathType: "Exact", backend: { service: { name: "argocd-server", port: { number: 80 } } } }],
            },
          },
        ],
      },
    },
  ];
}
