/** Workgroups that are changed. */
import { actionOf, failure } from "../../gateway/protocol.ts";
import type { Correction } from "../../gateway/service.ts";
import { isSuccess, jsonAnswer, jsonAsked, jsonCall } from "../answers.ts";

type Fields = Readonly<Record<string, unknown>>;
interface Change {
  readonly WorkGroup: string;
  readonly Description?: string;
  readonly State?: string;
  readonly ConfigurationUpdates?: Fields & { readonly ResultConfigurationUpdates?: Fields };
}

export function workgroupUpdates(): Correction {
  const changes = new Map<string, Change[]>();
  return {
    id: "athena-workgroup-updates",
    service: "athena",
    why: "moto 5.2.5 lacks UpdateWorkGroup; Athena API reference: fields that are given are changed, and GetWorkGroup then shows them. Terraform calls it even where only its own force_destroy changes.",
    applies: (request) => ["UpdateWorkGroup", "GetWorkGroup", "DeleteWorkGroup"].includes(actionOf(request)),
    async before(request, upstream) {
      const change = jsonAsked<Change>(request);
      if (actionOf(request) === "DeleteWorkGroup") changes.delete(change.WorkGroup);
      if (actionOf(request) !== "UpdateWorkGroup") return request;
      const known = await upstream(jsonCall(request, "GetWorkGroup", { WorkGroup: change.WorkGroup }));
      if (!isSuccess(known)) return failure(request, 400, "InvalidRequestException", `WorkGroup ${change.WorkGroup} is not found.`);
      changes.set(change.WorkGroup, [...(changes.get(change.WorkGroup) ?? []), change]);
      return jsonAnswer({});
    },
    async after(request, response) {
      if (actionOf(request) !== "GetWorkGroup" || !isSuccess(response)) return response;
      const { WorkGroup: stored } = JSON.parse(response.body.toString("utf8")) as { WorkGroup: Fields & { readonly Name: string } };
      return jsonAnswer({ WorkGroup: (changes.get(stored.Name) ?? []).reduce<Fields>(changed, stored) });
    },
  };
}

/** The workgroup with one change applied. */
function changed(group: Fields, { Description, State, ConfigurationUpdates = {} }: Change): Fields {
  const { ResultConfigurationUpdates, ...updates } = ConfigurationUpdates;
  const before = (group.Configuration ?? {}) as Fields & { readonly ResultConfiguration?: Fields };
  const results = { ...before.ResultConfiguration, ...ResultConfigurationUpdates };
  return {
    ...group,
    ...(Description !== undefined && { Description }),
    ...(State !== undefined && { State }),
    Configuration: { ...before, ...updates, ResultConfiguration: results },
  };
}
