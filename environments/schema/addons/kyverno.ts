/** Options of Kyverno and its baseline of policies. */
import { z } from "zod";
import { labelKey, namespacePattern } from "../forms.ts";
import { options } from "./common.ts";

/** Rules of the baseline, by name. What each says: modules/addons/catalogue/kyverno/policies.ts. */
export const policyNames = [
  "disallow-default-namespace",
  "disallow-host-namespaces",
  "disallow-host-path",
  "disallow-latest-tag",
  "disallow-node-port",
  "disallow-privilege-escalation",
  "disallow-privileged",
  "require-labels",
  "require-non-root",
  "require-readiness-probe",
  "require-requests",
  "restrict-registries",
] as const;

const policy = z.enum(policyNames);

export const kyverno = options(
  {
    // What would be refused is known only after a look at the reports of what runs.
    deny: z.array(policy).default([]).describe("Rules that refuse; all others only report what does not fit them"),
    off: z.array(policy).default([]).describe("Rules that are left out"),
    registries: z
      .array(
        z
          .string()
          .regex(/^[a-z0-9][a-z0-9.:/-]*\/$/)
          .meta({ form: 'the beginning of an image\'s name up to a slash, for example "public.ecr.aws/docker/"' }),
      )
      .default([])
      .describe("Where images may come from; empty: the rule restrict-registries is left out"),
    labels: z
      .array(labelKey)
      .default(["app.kubernetes.io/name"])
      .describe("Labels that Deployments, StatefulSets and DaemonSets must have; empty: the rule require-labels is left out"),
    except: z
      .array(namespacePattern.refine((name) => !/[*?]/.test(name)))
      .default([])
      .describe("Namespaces that no rule looks at, besides those of add-ons"),
  },
  [
    {},
    {
      deny: ["disallow-privileged", "disallow-host-namespaces", "disallow-host-path"],
      off: ["disallow-default-namespace"],
      registries: ["111122223333.dkr.ecr.ap-northeast-2.amazonaws.com/", "public.ecr.aws/"],
      labels: ["app.kubernetes.io/name", "team"],
      except: ["legacy"],
    },
  ],
);
