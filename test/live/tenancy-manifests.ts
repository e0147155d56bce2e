/** Manifests that developers may send, in parts. */
import { clusterRoles } from "../../modules/tenancy/rights.ts";

export const secured = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };
/** A pod that the restricted standard lets in. */
export function pod(container: object = {}, spec: object = {}): object {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "tried" },
    spec: {
      securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
      ...spec,
      containers: [{ name: "main", image: "registry.example.com/app:1", securityContext: secured, ...container }],
    },
  };
}
export const requests = (cpu: string, memory: string) => ({ resources: { requests: { cpu, memory }, limits: { memory } } });
export const service = (type: string) => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "tried" },
  spec: { type, ports: [{ port: 80 }], selector: { app: "tried" } },
});
/** Without a type: its definition would come with an add-on. */
export const monitor = (endpoint: object) => ({
  apiVersion: "monitoring.coreos.com/v1",
  kind: "ServiceMonitor",
  metadata: { name: "tried" },
  spec: { selector: {}, endpoints: [{ port: "metrics" }, endpoint] },
});
export const monitors = {
  metadata: { name: "servicemonitors.monitoring.coreos.com" },
  spec: {
    group: "monitoring.coreos.com",
    scope: "Namespaced",
    names: { kind: "ServiceMonitor", plural: "servicemonitors", singular: "servicemonitor", listKind: "ServiceMonitorList" },
    versions: [
      {
        name: "v1",
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
      },
    ],
  },
};
export const ingress = (annotations: object) => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "Ingress",
  metadata: { name: "tried", annotations },
  spec: { defaultBackend: { service: { name: "tried", port: { number: 80 } } } },
});
export const grouped = (name: string) => ingress({ "alb.ingress.kubernetes.io/group.name": name });
export const forwarded = (action: string) => ingress({ "alb.ingress.kubernetes.io/actions.x": action });
export const claim = (storage: string) => ({
  apiVersion: "v1",
  kind: "PersistentVolumeClaim",
  metadata: { name: "tried" },
  spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage } } },
});

/** A developer with the rights of production, beside those of dev. */
export const inProduction = "production-developer";
export const lookers = clusterRoles({ changes: false, secrets: false }, "production");
export const looking = {
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: "RoleBinding",
  metadata: { name: inProduction, namespace: "shop" },
  roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "production:team-developer" },
  subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: inProduction }],
};
