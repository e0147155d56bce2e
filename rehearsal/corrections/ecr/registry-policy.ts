/** Who may copy to a registry, and who may fill its caches. */
import { accountOf, type Call, found, keeping } from "../kept.ts";

const missing = "RegistryPolicyNotFoundException";
const one = "the registry's policy";

/** There is one per registry; its id is the account. */
async function told({ kept, request, upstream }: Call) {
  return { registryId: await accountOf(request, upstream), ...found(kept, one, missing) };
}

export const registryPolicies = () =>
  keeping(
    "ecr-registry-policy",
    "ecr",
    "moto 5.2.5 refuses a registry policy with actions of pull-through caches; ECR user guide, private registry permissions: ecr:BatchImportUpstreamImage is one of them.",
    {
      PutRegistryPolicy: (call) => {
        call.kept.set(one, { policyText: call.body.policyText });
        return told(call);
      },
      GetRegistryPolicy: (call) => told(call),
      DeleteRegistryPolicy: async (call) => {
        const deleted = await told(call);
        call.kept.delete(one);
        return deleted;
      },
    },
  );
