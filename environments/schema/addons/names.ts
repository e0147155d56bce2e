/** Names that several add-ons ask for: where a page is, and where a secret is. */
import { z } from "zod";

/** A host name; the example is the asking add-on's own. */
export const hostNamed = (example: string) =>
  z
    .string()
    .regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/)
    .meta({ form: `a host name, for example "${example}"` });

/** What both Secrets Manager and Kubernetes take as a name, and slashes, which only the former does. What it means: modules/addons/secret-option.ts. */
export const secretNamed = (example: string) =>
  z
    .string()
    .regex(/^[a-z0-9]([a-z0-9./-]{0,200}[a-z0-9])?$/)
    .meta({
      form: `a name in Secrets Manager, below \`<project>/<environment>/\` where it has no slash, or without the add-on external-secrets a Kubernetes secret in the add-on's namespace, for example "${example}"`,
    });
