/** Velero: backup and restore of Kubernetes objects (S3) and EBS volumes (snapshots). */
import { addon } from "../addon.ts";
import type { Alert } from "../alert.ts";
import { podValues, resourcesOf, type Workload } from "../workload.ts";
import { veleroPolicy } from "./velero/policy.ts";

const account = "velero";

/** Source: README of velero-plugin-for-aws, "Compatibility": v1.14 for Velero v1.18. */
const awsPlugin = "docker.io/velero/velero-plugin-for-aws:v1.14.2";

const server: Workload = {
  name: "velero",
  kind: "Deployment",
  // The chart's Deployment knows no more; a backup that was interrupted is marked as failed and the next one runs.
  replicas: 1,
  milliCpu: 100,
  memoryMiB: 256,
  memoryLimitMiB: 1024,
  maxUnavailable: 1,
  nodes: "system",
};

const containerSecurity = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] }, readOnlyRootFilesystem: true };

export const velero = addon({
  id: "velero",
  purpose: "Backs up Kubernetes objects to S3 and EBS volumes as snapshots, by schedule, and restores them",
  chart: "velero",
  namespace: "velero",
  after: ["prometheus-operator-crds"],
  alerts: ({ options }) => alertsOf(options.schedules),
  definitions: { kind: "vendored", folder: "crds-velero" },
  wait: false,
  workloads: () => [server],
  identities: ({ environment, cluster, options }) => [
    {
      serviceAccount: account,
      statements: veleroPolicy({
        account: environment.account,
        region: environment.region,
        project: environment.project,
        environment: environment.name,
        bucket: options.bucket,
        prefix: options.prefix ?? cluster.name,
        bucketKeyArn: options.key,
        volumeKeyArn: cluster.kmsKeyArn,
      }),
    },
  ],
  values: ({ has, accountAnnotations }) => ({
    ...serverValues(),
    serviceAccount: { server: { name: account, annotations: accountAnnotations(account) } },
    credentials: { useSecret: false },
    initContainers: [
      {
        name: "velero-plugin-for-aws",
        image: awsPlugin,
        resources: resourcesOf({ ...server, milliCpu: 10, memoryMiB: 64, memoryLimitMiB: 64 }),
        securityContext: containerSecurity,
        volumeMounts: [{ mountPath: "/target", name: "plugins" }],
      },
    ],
    // Locations and schedules are resources of their own, checked against the definitions.
    backupsEnabled: false,
    snapshotsEnabled: false,
    upgradeCRDs: false,
    cleanUpCRDs: false,
    podDisruptionBudget: { enabled: true, minAvailable: "", maxUnavailable: server.maxUnavailable ?? 1 },
    metrics: {
      podAnnotations: {},
      serviceMonitor: { enabled: has("prometheus-operator-crds") },
    },
  }),
  resources: ({ environment, cluster, options }) => [
    {
      apiVersion: "velero.io/v1",
      kind: "BackupStorageLocation",
      metadata: { name: "default", namespace: "velero" },
      spec: {
        provider: "aws",
        default: true,
        accessMode: "ReadWrite",
        objectStorage: { bucket: options.bucket, prefix: options.prefix ?? cluster.name },
        config: { region: environment.region, ...(options.key !== undefined && { kmsKeyId: options.key }) },
      },
    },
    {
      apiVersion: "velero.io/v1",
      kind: "VolumeSnapshotLocation",
      metadata: { name: "default", namespace: "velero" },
      spec: { provider: "aws", config: { region: environment.region } },
    },
    ...Object.entries(options.schedules).map(([name, { cron, days, namespaces }]) => ({
      apiVersion: "velero.io/v1",
      kind: "Schedule",
      metadata: { name, namespace: "velero" },
      spec: {
        schedule: cron,
        useOwnerReferencesInBackup: false,
        template: {
          includedNamespaces: namespaces,
          storageLocation: "default",
          volumeSnapshotLocations: ["default"],
          snapshotVolumes: true,
          ttl: `${days * 24}h0m0s`,
        },
      },
    })),
  ],
  choices: {
    "credentials.useSecret": "off: rights come by pod identity",
    "backupsEnabled, snapshotsEnabled": "off: locations and schedules are resources of their own, checked against their definitions",
    upgradeCRDs: "off: definitions are a release of their own, so that no hook job needs its image and cluster-wide rights",
    deployNodeAgent: "off: it mounts the host's /var/lib/kubelet; EBS is snapshotted, and shared file systems are backed up by AWS Backup",
    readOnlyRootFilesystem: "on: the server writes to /scratch and /tmp only",
    useOwnerReferencesInBackup: "off: deleting a schedule must not delete its backups",
  },
  docs: {
    verify: [
      "kubectl -n velero get backupstoragelocation default -o jsonpath='{.status.phase}'  # Available",
      "kubectl -n velero get schedules,backups",
      "velero backup create by-hand --include-namespaces default --wait && velero backup describe by-hand",
    ],
    upgrade:
      "Change its line in environments/chart-versions.ts, run `npm run vendor-crds` for the new definitions, and set the plugin in velero.ts by the compatibility table of velero-plugin-for-aws.",
    remove:
      "Take it out of `addons`. Backups stay in the bucket and snapshots in EC2, and nothing expires them any more: delete what is not wanted with `velero backup delete` first. The definitions stay.",
  },
});

/** The chart has no key for spreading one replica. */
function serverValues() {
  const { topologySpreadConstraints: _, ...values } = podValues(server);
  const podSecurityContext = {
    runAsNonRoot: true,
    // The user of both images; the velero image names its user, which the kubelet cannot check.
    runAsUser: 65532,
    runAsGroup: 65532,
    fsGroup: 65532,
    seccompProfile: { type: "RuntimeDefault" },
  };
  return { ...values, podSecurityContext, containerSecurityContext: containerSecurity };
}

/** Metrics: pkg/metrics/metrics.go of Velero v1.18. */
function alertsOf(schedules: Readonly<Record<string, { readonly days: number }>>): readonly Alert[] {
  return [
    {
      name: "VeleroBackupFailing",
      when: 'velero_backup_last_status{schedule!=""} == 0',
      lasting: "15m",
      severity: "critical",
      summary: "The last backup of the schedule {{ $labels.schedule }} failed",
    },
    // Half of what is kept has passed: soon there is no backup at all. A fixed time would not suit weekly schedules.
    ...Object.entries(schedules).map(
      ([name, { days }]): Alert => ({
        name: "VeleroBackupMissing",
        when: `time() - velero_backup_last_successful_timestamp{schedule="${name}"} > ${days * 43200}`,
        lasting: "15m",
        severity: "critical",
        summary: `No backup of the schedule ${name} succeeded for half of the ${days} days that one is kept`,
      }),
    ),
  ];
}
