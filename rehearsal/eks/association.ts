/** A pod identity association's record. */
import { digest, eksArn, type Place } from "./identifiers.ts";
import type { StoredAssociation } from "./store.ts";

export interface NewAssociation {
  readonly clusterName: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly roleArn: string;
  readonly at: Date;
  readonly tags?: Record<string, string>;
  /** ARN of the add-on that it belongs to. */
  readonly ownerArn?: string;
  readonly disableSessionTags?: boolean;
  readonly targetRoleArn?: string;
  readonly policy?: string;
}

export function newAssociation(place: Place, { at, tags = {}, disableSessionTags = false, ...given }: NewAssociation): StoredAssociation {
  const { clusterName, namespace, serviceAccount, targetRoleArn } = given;
  const associationId = `a-${digest(place, ["association", clusterName, namespace, serviceAccount, at.toISOString()], 17)}`;
  return {
    ...given,
    associationId,
    associationArn: eksArn(place, `podidentityassociation/${clusterName}/${associationId}`),
    tags,
    createdAt: at,
    modifiedAt: at,
    disableSessionTags,
    // For the trust policy of a role in another account (EKS API reference, PodIdentityAssociation).
    ...(targetRoleArn && { externalId: digest(place, ["external", associationId], 32) }),
  };
}
