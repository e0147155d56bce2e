/** Connections to source code hosts. */
import { accountOf, found, keeping } from "../kept.ts";

const missing = "ResourceNotFoundException";

export const connections = () =>
  keeping(
    "codeconnections-connections",
    "codeconnections",
    "moto 5.2.5 has no CodeConnections; API reference: a connection is PENDING until somebody accepts it in the console, and pipelines can be made before that.",
    {
      CreateConnection: async ({ kept, body, request, upstream }) => {
        const id = `00000000-0000-4000-8000-${String(kept.size + 1).padStart(12, "0")}`;
        const account = await accountOf(request, upstream);
        const ConnectionArn = `arn:aws:codeconnections:${request.region}:${account}:connection/${id}`;
        const { ConnectionName, ProviderType, HostArn, Tags = [] } = body;
        kept.set(ConnectionArn, {
          ConnectionArn,
          ConnectionName,
          ProviderType,
          HostArn,
          OwnerAccountId: account,
          ConnectionStatus: "PENDING",
          Tags,
        });
        return { ConnectionArn, Tags };
      },
      GetConnection: ({ kept, body }) => {
        const { Tags: _, ...Connection } = found(kept, String(body.ConnectionArn), missing);
        return { Connection };
      },
      DeleteConnection: ({ kept, body }) => {
        kept.delete(String(body.ConnectionArn));
        return {};
      },
      ListTagsForResource: ({ kept, body }) => ({ Tags: found(kept, String(body.ResourceArn), missing).Tags }),
    },
  );
