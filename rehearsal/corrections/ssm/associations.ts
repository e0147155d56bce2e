/** Documents that Systems Manager keeps applied to instances. */
import { type Call, type Fields, found, keeping, someTime } from "../kept.ts";

const missing = "AssociationDoesNotExist";
const idOf = ({ body }: Call) => String(body.AssociationId);

/** Terraform waits until it is applied; there are no instances to wait for. */
function described(AssociationId: string, given: Fields): Fields {
  const overview = { Status: "Success", DetailedStatus: "Success" };
  return {
    AssociationVersion: "1",
    DocumentVersion: "$DEFAULT",
    ApplyOnlyAtCronInterval: false,
    ...given,
    AssociationId,
    Date: someTime,
    Overview: overview,
  };
}

export const associations = () =>
  keeping(
    "ssm-associations",
    "ssm",
    "moto 5.2.5 lacks associations; Systems Manager API reference: DescribeAssociation returns what was given, with a version and a state.",
    {
      CreateAssociation: ({ kept, body }) => {
        const id = `00000000-0000-4000-9000-${String(kept.size + 1).padStart(12, "0")}`;
        kept.set(id, body);
        return { AssociationDescription: described(id, body) };
      },
      DescribeAssociation: (call) => ({ AssociationDescription: described(idOf(call), found(call.kept, idOf(call), missing)) }),
      UpdateAssociation: (call) => {
        const changed = { ...found(call.kept, idOf(call), missing), ...call.body };
        call.kept.set(idOf(call), changed);
        return { AssociationDescription: described(idOf(call), changed) };
      },
      ListTagsForResource: ({ kept, body }) =>
        body.ResourceType === "Association" ? { TagList: found(kept, String(body.ResourceId), missing).Tags ?? [] } : undefined,
      DeleteAssociation: (call) => {
        call.kept.delete(idOf(call));
        return {};
      },
    },
  );
