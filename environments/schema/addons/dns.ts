/** Forms that add-ons around DNS share. */
import { z } from "zod";

export const domain = z
  .string()
  .regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/)
  .meta({ form: 'a domain in lower case, for example "dev.example.com"' });

/** Source: Route 53 API reference, "HostedZone": up to 32 characters, without the prefix /hostedzone/. */
export const hostedZone = z
  .string()
  .regex(/^Z[A-Z0-9]{7,31}$/)
  .meta({ form: 'a hosted zone id, for example "Z0123456789ABCDEFGHIJ"' });
