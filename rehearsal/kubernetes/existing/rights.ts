/** What the kubeconfig's user must be allowed before a rehearsal uses the cluster. */
import { UserError } from "../../../environments/user-error.ts";
import { type KubernetesApi, KubernetesError } from "../api.ts";

interface Right {
  readonly verb: string;
  readonly resource: string;
  readonly group: string;
}

const rbac = "rbac.authorization.k8s.io";

/** Requests are passed on as whom their token proves; access policies become ClusterRoles, also ones that allow everything. */
const neededRights: readonly Right[] = [
  { verb: "impersonate", resource: "users", group: "" },
  { verb: "impersonate", resource: "groups", group: "" },
  ...["create", "delete", "deletecollection", "escalate", "bind"].map((verb) => ({ verb, resource: "clusterroles", group: rbac })),
  ...["clusterrolebindings", "rolebindings"].flatMap((resource) => ["create", "delete"].map((verb) => ({ verb, resource, group: rbac }))),
];

/** Release of the API server, for example "1.35.4". @throws UserError where it does not answer, or something is not allowed */
export async function checkedVersion(api: KubernetesApi, context: string, endpoint: string): Promise<string> {
  const where = `--kubeconfig: the cluster of the context "${context}" (${endpoint})`;
  try {
    const { gitVersion } = await api.call<{ gitVersion: string }>({ method: "GET", path: "/version" });
    const allowed = await Promise.all(neededRights.map((right) => mayI(api, right)));
    const missing = neededRights.filter((_, index) => !allowed[index]).map(({ verb, resource }) => `${verb} ${resource}`);
    if (missing.length === 0) return gitVersion.replace(/^v/, "");
    throw new UserError(`${where}: its user may not ${missing.join(", ")}. Use one with the rights of cluster-admin.`);
  } catch (error) {
    if (error instanceof UserError) throw error;
    const refused = error instanceof KubernetesError && error.status > 0;
    const said = error instanceof Error ? error.message : String(error);
    const remedy = refused ? "Check the user of the context" : "Start the cluster, or name another one with --context";
    throw new UserError(`${where} ${refused ? "refuses" : "does not answer"}: ${said}. ${remedy}.`);
  }
}

async function mayI(api: KubernetesApi, resourceAttributes: Right): Promise<boolean> {
  const { status } = await api.call<{ status: { allowed: boolean } }>({
    method: "POST",
    path: "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
    body: { apiVersion: "authorization.k8s.io/v1", kind: "SelfSubjectAccessReview", spec: { resourceAttributes } },
  });
  return status.allowed;
}
