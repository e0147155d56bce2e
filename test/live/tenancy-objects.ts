/** The objects of an environment's teams on an API, without Helm and Terraform. */
import type { CustomResource } from "../../modules/addons/addon.ts";
import type { TenancyPlan } from "../../modules/tenancy/objects.ts";
import type { KubernetesApi } from "../../rehearsal/kubernetes/api.ts";

const plurals: Readonly<Record<string, string>> = {
  NetworkPolicy: "networkpolicies",
  ValidatingAdmissionPolicy: "validatingadmissionpolicies",
};
/** Kinds whose definitions come with add-ons. */
const ofAddons = ["AppProject", "SecretStore"];

/** Path of an object. */
export function pathOf({ apiVersion, kind, metadata: { name, namespace } }: CustomResource): string {
  const plural = plurals[kind] ?? `${kind.toLowerCase()}s`;
  const root = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  return `${root}/${namespace === undefined ? "" : `namespaces/${namespace}/`}${plural}/${name}`;
}

/** Strict: a field that the API does not know is an error, not dropped. */
async function apply(api: KubernetesApi, object: CustomResource): Promise<void> {
  await api.call({ method: "PATCH", path: `${pathOf(object)}?fieldManager=helm&force=true&fieldValidation=Strict`, body: object });
}

/** Applies all but objects of add-ons. */
export async function applyTenancy(api: KubernetesApi, { shared, teams }: TenancyPlan): Promise<CustomResource[]> {
  const namespaces = teams.flatMap((team) => team.namespaces.map(({ name, ...metadata }) => namespaceObject(name, metadata)));
  const resources = [...shared, ...teams.flatMap((team) => team.resources)].filter(({ kind }) => !ofAddons.includes(kind));
  await Promise.all(namespaces.map((object) => apply(api, object)));
  await Promise.all(resources.map((object) => apply(api, object)));
  return resources;
}

function namespaceObject(name: string, metadata: object): CustomResource {
  return { apiVersion: "v1", kind: "Namespace", metadata: { name, ...metadata } };
}
