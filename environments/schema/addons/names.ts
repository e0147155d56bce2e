/** Names that several add-ons ask for: where a page is, and where a secret is. */
import { z } from "zod";

/** A host name; the example is the asking add-on's own. */
export const hostNamed = (example: string) =>
  z
    .string()
    .regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/)
    .meta({ form: `a host name, for example "${example}"` });

/** What both Secrets Manager and Kubernetes take as a name, and slashes, which only the former does. */
export const secretNamed = (example: string) =>
  z
    .string()
    .regex(/^[a-z0-9]([a-z0-9./-]{0,200}[a-z0-9])?$/)
    .meta({ form: `a name in Secrets Manager, or without the add-on external-secrets a Kubernetes secret, for example "${example}"` });
