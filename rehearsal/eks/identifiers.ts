/** Ids and ARNs, from names and the run's salt, so that one run's are stable and two runs' differ. */
import { createHash } from "node:crypto";

export interface Place {
  readonly account: string;
  readonly region: string;
  /** Differs from run to run, as ids in AWS do when something is made anew. */
  readonly salt: string;
}

/** Lower-case hexadecimal digits that depend on all parts. At most 64. */
export function digest(place: Place, parts: readonly string[], length: number): string {
  return createHash("sha256")
    .update(JSON.stringify([place.salt, place.account, place.region, ...parts]))
    .digest("hex")
    .slice(0, length);
}

export function uuid(place: Place, ...parts: string[]): string {
  return digest(place, parts, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export const eksArn = (place: Place, rest: string): string => `arn:aws:eks:${place.region}:${place.account}:${rest}`;

/** EKS's own number in the names of a cluster's security group: up to ten decimal digits. */
export const clusterNumber = (place: Place, cluster: string): string => String(Number.parseInt(digest(place, ["number", cluster], 8), 16));

/** Upper-case hexadecimal id in the OIDC issuer and the endpoint. */
export const issuerId = (place: Place, cluster: string): string => digest(place, ["issuer", cluster], 32).toUpperCase();
