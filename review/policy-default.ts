/** The policy of this platform. Edit it here: a change of it is reviewed like any other code. */
import type { z } from "zod";
import type { policySchema } from "./policy.ts";

const platform = { approval: ["platform"] };
const security = { approval: ["security"] };

export const defaultPolicy = {
  groups: {
    platform: "owners of this platform: availability, data, cost",
    security: "whoever answers for access and exposure",
  },
  overriders: ["platform"],
  entries: [
    { rule: "plan-failed", development: "block", production: "block", because: "What nobody could plan, nobody can approve." },
    {
      rule: "contract-broken",
      development: "block",
      production: "block",
      because: "The next plan of the reader fails in every environment.",
    },
    { rule: "state-store-touched", development: platform, production: "block", because: "All states of an account hang on it." },
    { rule: "kubernetes-downgrade", development: "block", production: "block", because: "AWS refuses it, half way through the apply." },
    { rule: "kubernetes-jump", development: "block", production: "block", because: "AWS refuses it, half way through the apply." },
    { rule: "destroy-stateful", development: platform, production: "block", because: "What is lost there does not come back." },
    { rule: "mass-destroy", development: platform, production: "block", because: "It is nearly always a mistake in names." },
    { rule: "deletion-protection-off", development: "allow", production: "block", because: "Development has it off; production never." },
    { rule: "destroys-contents", development: "allow", production: "block", because: "Development is rebuilt at will; production never." },
    {
      rule: "iam-*",
      danger: "danger",
      development: security,
      production: security,
      because: "Rights in development reach the shared account.",
    },
    {
      rule: "iam-*",
      danger: "caution",
      development: "allow",
      production: security,
      because: "Whoever answers for access sees every new right.",
    },
    {
      rule: "network-*",
      danger: "danger",
      development: security,
      production: security,
      because: "The internet does not know what is development.",
    },
    {
      rule: "network-*",
      danger: "caution",
      development: "allow",
      production: security,
      because: "Whoever answers for exposure sees every new way in.",
    },
    {
      rule: "kms-*",
      danger: "danger",
      development: security,
      production: security,
      because: "A key's policy decides who reads everything under it.",
    },
    { rule: "s3-*", danger: "danger", development: security, production: security, because: "Public is public in every account." },
    {
      rule: "eks-*",
      danger: "danger",
      development: security,
      production: security,
      because: "Cluster access in development is a way to its roles.",
    },
  ],
  otherwise: {
    development: { danger: platform, caution: "allow", info: "allow" },
    production: { danger: platform, caution: platform, info: "allow" },
  },
} satisfies z.input<typeof policySchema>;
