/** What an environment may ask of the ci stack, for tests. */
import type { EnvironmentInput } from "../../environments/schema.ts";

export type CiInput = NonNullable<EnvironmentInput["ci"]>;

export const service = { team: "shop", repository: "example/shop-api" };
export const pipeline = { source: { connection: "github", repository: "example/shop-api" } };
export const fleet = { image: "ami-0a1b2c3d4e5f67890", min: 2, max: 4 };
export const notifications = { lambda: { secret: "arn:aws:secretsmanager:ap-northeast-2:111122223333:secret:slack-AbCdEf" } };

export const everything = {
  github: {},
  circleci: { organization: "11111111-2222-3333-4444-555555555555" },
  services: { api: { ...service, circleciProject: "66666666-7777-8888-9999-000000000000", previews: true }, web: service },
  registries: {
    readers: { test: "111122223333" },
    replicas: [{ region: "ap-northeast-1" }],
    replicasFrom: ["444455556666"],
    pullThrough: { quay: { upstream: "quay.io" } },
  },
  connections: { github: { provider: "GitHub" } },
  pipelines: {
    api: {
      ...pipeline,
      build: { service: "api" },
      test: { commands: ["make test"] },
      approval: { message: `Deploy \${this}?` },
      deployment: "web",
    },
  },
  deployments: {
    web: { fleet },
    shop: { style: "blue-green", autoScalingGroup: "shop", targetGroup: "shop", alarms: ["shop-5xx"], minimumHealthy: { percent: 75 } },
    old: { tags: { role: "web", tier: "old" } },
  },
  notifications: { ...notifications, chatbot: { workspace: "T0123ABCDEF", channel: "C0123ABCDEF" }, emails: ["platform@example.com"] },
} satisfies CiInput;
