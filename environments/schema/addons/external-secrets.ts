/** Options of the External Secrets Operator. */
import { z } from "zod";
import { arn, namespacePattern } from "../forms.ts";
import { options } from "./common.ts";

/** Characters of secret and parameter names. Source: Secrets Manager and Systems Manager API references, CreateSecret and PutParameter. */
const prefix = z
  .string()
  .regex(/^\/?[\w.-]+(\/[\w.-]+)*\/$/)
  .meta({ form: 'a prefix of names that ends in a slash, for example "mainline/dev/"' });

export const externalSecrets = options(
  {
    // An environment's own secrets are what its cluster may read unless somebody says otherwise.
    secrets: z
      .array(prefix)
      .min(1)
      .optional()
      .describe("Prefixes of Secrets Manager names that the cluster may read; absent: `<project>/<environment>/`"),
    parameters: z
      .array(prefix)
      .min(1)
      .optional()
      .describe("Prefixes of Parameter Store names that the cluster may read; absent: `/<project>/<environment>/`"),
    keys: z.array(arn).default([]).describe("KMS keys of these secrets besides the AWS managed ones and the cluster's own"),
    // Whoever may make an ExternalSecret in a namespace reads all that the role reads: a namespace is opened on purpose.
    namespaces: z.array(namespacePattern).default([]).describe("Namespaces that may use the stores besides those of add-ons; `*` for all"),
  },
  [
    {},
    {
      secrets: ["mainline/test/", "shared/slack/"],
      parameters: ["/mainline/test/"],
      keys: ["arn:aws:kms:ap-northeast-2:111122223333:key/0f0e0d0c-0b0a-0908-0706-050403020100"],
      namespaces: ["apps", "team-*"],
    },
  ],
);
