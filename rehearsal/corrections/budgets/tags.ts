/** Tags of budgets. */
import { actionOf } from "../../gateway/protocol.ts";
import type { Correction } from "../../gateway/service.ts";
import { isSuccess, jsonAnswer, jsonAsked } from "../answers.ts";

interface Tag {
  readonly Key: string;
  readonly Value: string;
}
interface Asked {
  readonly AccountId?: string;
  readonly Budget?: { readonly BudgetName: string };
  readonly BudgetName?: string;
  readonly ResourceARN?: string;
  readonly ResourceTags?: readonly Tag[];
  readonly ResourceTagKeys?: readonly string[];
}

const ofResource = ["ListTagsForResource", "TagResource", "UntagResource"];

export function budgetTags(): Correction {
  /** By ARN, then by key. */
  const tags = new Map<string, Map<string, string>>();
  const put = (arn: string, added: readonly Tag[] = []) => {
    const all = tags.get(arn) ?? new Map<string, string>();
    for (const { Key, Value } of added) all.set(Key, Value);
    tags.set(arn, all);
  };
  const arnOf = (account: string | undefined, name: string | undefined) => `arn:aws:budgets::${account}:budget/${name}`;
  return {
    id: "budget-tags",
    service: "budgets",
    why: "moto 5.2.5 lacks ListTagsForResource, TagResource and UntagResource, and forgets ResourceTags of CreateBudget; Budgets API reference.",
    applies: (request) => [...ofResource, "CreateBudget", "DeleteBudget"].includes(actionOf(request)),
    async before(request) {
      if (!ofResource.includes(actionOf(request))) return request;
      const { ResourceARN = "", ResourceTags, ResourceTagKeys = [] } = jsonAsked<Asked>(request);
      put(ResourceARN, ResourceTags);
      for (const key of ResourceTagKeys) tags.get(ResourceARN)?.delete(key);
      if (actionOf(request) !== "ListTagsForResource") return jsonAnswer({});
      return jsonAnswer({ ResourceTags: [...(tags.get(ResourceARN) ?? [])].map(([Key, Value]) => ({ Key, Value })) });
    },
    async after(request, response) {
      if (!isSuccess(response)) return response;
      const { AccountId, Budget, BudgetName, ResourceTags } = jsonAsked<Asked>(request);
      if (actionOf(request) === "CreateBudget") put(arnOf(AccountId, Budget?.BudgetName), ResourceTags);
      if (actionOf(request) === "DeleteBudget") tags.delete(arnOf(AccountId, BudgetName));
      return response;
    },
  };
}
