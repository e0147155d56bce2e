import type { EnvironmentInput } from "./schema.ts";

/** What the company has once: for now the account's own state; registries, CI and security services come here. */
export default {
  name: "shared",
  account: "123456789012",
  profile: "production",
  owner: "platform@example.com",
  costCentre: "platform",
  repository: "example/mainline",
} satisfies EnvironmentInput;
