/** Notification rules of the developer tools. */
import { type Call, type Fields, found, keeping, someTime } from "../kept.ts";

const missing = "ResourceNotFoundException";
const arnOf = ({ body }: Call) => String(body.Arn);

/** What a rule is returned as: ids of events with what they are, targets with their state. */
function described(Arn: string, { EventTypeIds, Targets, ...given }: Fields): Fields {
  const ids = (EventTypeIds as readonly string[] | undefined) ?? [];
  const targets = (Targets as readonly Fields[] | undefined) ?? [];
  return {
    Status: "ENABLED",
    ...given,
    Arn,
    EventTypes: ids.map((EventTypeId) => ({
      EventTypeId,
      EventTypeName: EventTypeId,
      ServiceName: EventTypeId.split("-")[0],
      ResourceType: EventTypeId.split("-")[1],
    })),
    Targets: targets.map((target) => ({ ...target, TargetStatus: "ACTIVE" })),
    CreatedTimestamp: someTime,
    LastModifiedTimestamp: someTime,
  };
}

export const notificationRules = () =>
  keeping(
    "codestar-notifications-rules",
    "codestar-notifications",
    "moto 5.2.5 has no CodeStar Notifications; API reference: DescribeNotificationRule returns the rule with details of its events and targets.",
    {
      createNotificationRule: ({ kept, body }) => {
        const [, , , region, account] = String(body.Resource).split(":");
        const Arn = `arn:aws:codestar-notifications:${region}:${account}:notificationrule/${String(kept.size + 1).padStart(40, "0")}`;
        kept.set(Arn, body);
        return { Arn };
      },
      describeNotificationRule: (call) => described(arnOf(call), found(call.kept, arnOf(call), missing)),
      updateNotificationRule: (call) => {
        const { Arn: _, ...changes } = call.body;
        call.kept.set(arnOf(call), { ...found(call.kept, arnOf(call), missing), ...changes });
        return {};
      },
      deleteNotificationRule: (call) => {
        call.kept.delete(arnOf(call));
        return { Arn: arnOf(call) };
      },
      listTagsForResource: (call) => ({ Tags: found(call.kept, arnOf(call), missing).Tags ?? {} }),
      // The topic stays; only what the service remembers of it goes.
      deleteTarget: () => ({}),
    },
  );
