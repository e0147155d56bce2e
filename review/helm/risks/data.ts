/** Values by which copies or data are lost. */
import { durationOf, quantityOf } from "../values.ts";
import { both, turnsOff, type ValueRisk, wasOn } from "./risk.ts";

const copies = "With one copy or none, every restart and every node that goes is an outage";
const data = "What was written is not there any more after the next restart, or cannot be read";

export const dataRisks: readonly ValueRisk[] = [
  {
    rule: "helm-replicas",
    path: /(^|\.)(replicas|replicaCount|minReplicas|desiredReplicas|nodeSets\.\d+\.count)$/,
    tells: both(quantityOf, (after, before) => after === 0 && before > 0),
    danger: "danger",
    what: "no copies are left",
    because: copies,
  },
  {
    rule: "helm-replicas",
    path: /(^|\.)(replicas|replicaCount|minReplicas|desiredReplicas|nodeSets\.\d+\.count)$/,
    tells: both(quantityOf, (after, before) => after === 1 && before > 1),
    danger: "caution",
    what: "one copy is left",
    because: copies,
  },
  {
    rule: "helm-persistence-off",
    path: /(persistence|persistentVolume|persistentVolumeClaim|pvc)\.enabled$/i,
    tells: turnsOff,
    danger: "danger",
    what: "data is no longer kept on a volume",
    because: data,
  },
  {
    rule: "helm-persistence-off",
    path: /(storageSpec|volumeClaimTemplates?|existingClaim)(\.|$)/,
    tells: (after, before) => after === null && before !== null,
    danger: "danger",
    what: "its volume claim is gone",
    because: data,
  },
  {
    rule: "helm-storage-smaller",
    path: /(\.storage|\.size|storageSize)$/i,
    tells: both(quantityOf, (after, before) => after < before),
    danger: "caution",
    what: "less room",
    because: "Volumes cannot shrink: the release fails, or starts with an empty volume",
  },
  {
    rule: "helm-retention-shorter",
    path: /(retention|retentionTime|retentionPeriod|ttl|maxAge|phases\.delete\.min_age)$/i,
    tells: both(durationOf, (after, before) => after < before),
    danger: "caution",
    what: "is kept for a shorter time",
    because: "What is older is deleted",
  },
  {
    rule: "helm-retention-shorter",
    path: /retentionSize$/i,
    tells: both(quantityOf, (after, before) => after < before),
    danger: "caution",
    what: "less is kept",
    because: "What is older is deleted",
  },
  {
    rule: "helm-data-lost-on-delete",
    path: /(reclaimPolicy|deletionPolicy|whenDeleted|volumeClaimDeletePolicy)$/,
    // "DeleteOnScaledownOnly" is what ECK calls keeping them.
    tells: (after, before) => (before === "Retain" || before === "DeleteOnScaledownOnly") && after !== before,
    danger: "danger",
    what: "volumes are deleted with their claims",
    because: data,
  },
  {
    rule: "helm-backup-off",
    path: /^(schedules|backup|backups|snapshotPolicy)(\.|$)/,
    tells: (after, before) => (after === null && before !== null) || wasOn(after, before),
    danger: "caution",
    what: "a schedule of backups goes",
    because: "Nobody notices until something has to be restored",
  },
  {
    rule: "helm-definitions-off",
    path: /(^|\.)(installCRDs|crds\.(enabled|install|create|keep)|customResourceDefinitions\.(create|enabled))$/i,
    tells: turnsOff,
    danger: "danger",
    what: "definitions are no longer the chart's",
    because: "Helm deletes definitions that leave a chart's templates, and with them every object of their kinds",
  },
];
