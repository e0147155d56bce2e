/** Forms that options of the monitoring add-ons share. */
import { z } from "zod";

/** Name of a Kubernetes object. Source: Kubernetes documentation, "Object Names and IDs", DNS subdomain names. */
const objectName = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/)
  .meta({ form: "a name of lower-case letters, digits and hyphens" });

export const httpsAddress = z
  .string()
  .regex(/^https:\/\/[^\s]+$/)
  .meta({ form: "an address that begins with https://" });

export const hostName = z
  .string()
  .regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/)
  .meta({ form: 'a host name, for example "grafana.example.com"' });

/**
 * A Kubernetes secret that an add-on reads, never its content.
 * @param name where the option says nothing.
 * @param keys what the secret holds, for the description.
 */
export function secretFrom(name: string, keys: string) {
  return {
    secret: objectName
      .default(name)
      .describe(`Kubernetes secret in the namespace \`monitoring\` with ${keys}; made by external-secrets where that is chosen`),
    path: z
      .string()
      .regex(/^[\w/+=.@-]{1,512}$/)
      .meta({ form: "a name in Secrets Manager" })
      .optional()
      .describe(
        "Secret in Secrets Manager, JSON with the same keys; below `<project>/<environment>/` where it has no slash. Absent: the name of `secret`",
      ),
  };
}
