/** Options of Argo Workflows. */
import { z } from "zod";
import { arn, label, whole } from "../forms.ts";
import { options } from "./common.ts";
import { httpsAddress } from "./monitoring.ts";
import { secretNamed } from "./names.ts";

/** Of dex with GitHub: `<organisation>:<team>`. */
const groups = z.array(
  z
    .string()
    .regex(/^[\w.:/-]{1,128}$/)
    .meta({ form: 'a group as the issuer writes it, for example "example:platform"' }),
);

export const argoWorkflows = options(
  {
    host: z
      .string()
      .regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/)
      .meta({ form: 'a host name, for example "workflows.dev.example.com"' })
      .optional()
      .describe("Host name on the internal load balancer; absent: reached by `kubectl port-forward` only"),
    certificate: arn.optional().describe("Certificate in ACM; absent: the load balancer controller finds one by the host name"),
    sso: z
      .strictObject({
        issuer: httpsAddress.describe(
          "OpenID Connect issuer; Argo CD's own is `https://<its host>/api/dex`, with a client in `argo-cd.sso.clients`",
        ),
        secret: secretNamed("mainline/dev/argo-workflows").describe("Secret of the client: keys `client-id` and `client-secret`"),
        admins: groups.describe("Groups whose members start, change and stop workflows, as the issuer writes them"),
        viewers: groups.default([]).describe("Groups whose members see workflows"),
      })
      .optional()
      .describe("Log in by a browser; needs `host`. Absent: a token of Kubernetes only"),
    // Helm writes roles into them, and fails where one is missing.
    namespaces: z.array(label).default([]).describe("Further namespaces in which workflows run; they exist before the add-on is installed"),
    parallelism: whole("workflows", 1, 500).default(50).describe("Workflows that run at once, in the whole cluster"),
    // What a node group of ten m7i.xlarge has.
    quota: z
      .strictObject({
        pods: whole("pods", 1, 10_000).default(200).describe("Pods of steps at once"),
        cpu: whole("CPU", 1, 10_000).default(40).describe("CPU that they request together"),
        memoryGiB: whole("GiB", 1, 100_000).default(160).describe("Memory that they request together"),
      })
      .prefault({})
      .describe("What steps in the namespace argo-workflows may take; other namespaces have their own quota"),
    artifacts: z
      .strictObject({
        bucket: z
          .string()
          .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)
          .meta({ form: 'a bucket name, for example "example-dev-workflows"' })
          .describe("Bucket in this region"),
        prefix: z
          .string()
          .regex(/^[\w.-]+(\/[\w.-]+)*$/)
          .meta({ form: 'a prefix without slashes at its ends, for example "workflows"' })
          .default("workflows")
          .describe("Prefix of the keys; nothing else of the bucket is touched"),
        key: arn.optional().describe("KMS key of the bucket; absent: it is encrypted with S3's own"),
      })
      .optional()
      .describe("Where artifacts and logs of steps are kept; absent: they go with their pods"),
  },
  [
    {},
    {
      host: "workflows.dev.example.com",
      certificate: "arn:aws:acm:ap-northeast-2:111122223333:certificate/1234abcd-12ab-34cd-56ef-1234567890ab",
      sso: {
        issuer: "https://argocd.dev.example.com/api/dex",
        secret: "argo-workflows-login",
        admins: ["example:platform"],
        viewers: ["example:quality"],
      },
      namespaces: ["batch"],
      parallelism: 20,
      quota: { pods: 400, cpu: 80, memoryGiB: 320 },
      artifacts: {
        bucket: "example-test-workflows",
        key: "arn:aws:kms:ap-northeast-2:111122223333:key/0f0e0d0c-0b0a-0908-0706-050403020100",
      },
    },
  ],
);
