/** Which policy is attached to whom, on one side of a plan. */
import type { PlannedResource } from "../model.ts";
import type { Side } from "../network/side.ts";
import { textOf, textsOf } from "../reading/values.ts";

export interface Attachment {
  readonly address: string;
  /** `role it`; the address where it is known only after the apply. */
  readonly holder: string;
  /** ARN, or the address of the policy in this plan; undefined where neither is known. */
  readonly policy: string | undefined;
}

/** Attributes that name the holders, by type. */
const holders: Readonly<Record<string, readonly string[]>> = {
  aws_iam_role_policy_attachment: ["role"],
  aws_iam_user_policy_attachment: ["user"],
  aws_iam_group_policy_attachment: ["group"],
  aws_iam_policy_attachment: ["roles", "users", "groups"],
  aws_ssoadmin_managed_policy_attachment: ["permission_set_arn"],
};

export const attachmentTypes: ReadonlySet<string> = new Set([...Object.keys(holders), "aws_iam_role"]);

export function attachmentsOf(side: Side): readonly Attachment[] {
  return side.objects.flatMap((object): Attachment[] => {
    const { address, type, values } = object;
    if (type === "aws_iam_role") {
      const holder = `role ${textOf(values.name) ?? address}`;
      return textsOf(values.managed_policy_arns).map((policy) => ({ address, holder, policy }));
    }
    const names = holders[type];
    if (names === undefined) return [];
    const policy = textOf(values.policy_arn) ?? textOf(values.managed_policy_arn) ?? side.target(object, "policy_arn", ["aws_iam_policy"]);
    const known = names.flatMap((name) => textsOf(values[name]).map((holder) => `${name.replace(/s$/, "")} ${holder}`));
    return (known.length > 0 ? known : [holderOf(object, side)]).map((holder) => ({ address, holder, policy }));
  });
}

/** The holder where its name is not known yet. */
function holderOf(object: PlannedResource, side: Side): string {
  const types = ["aws_iam_role", "aws_iam_user", "aws_iam_group"];
  return side.target({ ...object, values: {} }, "role", types) ?? object.address;
}
