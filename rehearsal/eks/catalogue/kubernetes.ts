/** Kubernetes minors as EKS offers them. Source: EKS user guide, "Amazon EKS Kubernetes release calendar"; state of November 2026. */
import type { ClusterVersionInformation, VersionStatus } from "@aws-sdk/client-eks";

interface Minor {
  readonly version: string;
  readonly patch: string;
  readonly platform: string;
  readonly status: VersionStatus;
  /** ISO dates; 1.36's were not published where we looked. */
  readonly released?: string;
  readonly standardEnds?: string;
  readonly extendedEnds?: string;
}

/** Newest first, as EKS lists them. */
const minors: readonly Minor[] = [
  { version: "1.36", patch: "1.36.1", platform: "eks.3", status: "STANDARD_SUPPORT" },
  {
    version: "1.35",
    patch: "1.35.4",
    platform: "eks.10",
    status: "STANDARD_SUPPORT",
    released: "2026-01-28",
    standardEnds: "2027-03-27",
    extendedEnds: "2028-03-27",
  },
  {
    version: "1.34",
    patch: "1.34.6",
    platform: "eks.18",
    status: "STANDARD_SUPPORT",
    released: "2025-10-06",
    standardEnds: "2026-12-02",
    extendedEnds: "2027-12-02",
  },
  {
    version: "1.33",
    patch: "1.33.10",
    platform: "eks.30",
    status: "EXTENDED_SUPPORT",
    released: "2025-05-29",
    standardEnds: "2026-07-29",
    extendedEnds: "2027-07-29",
  },
  {
    version: "1.32",
    patch: "1.32.13",
    platform: "eks.38",
    status: "EXTENDED_SUPPORT",
    released: "2025-01-23",
    standardEnds: "2026-03-23",
    extendedEnds: "2027-03-23",
  },
];

export const defaultMinor = "1.35";

export const offeredMinors: readonly string[] = minors.map(({ version }) => version);

export const isOffered = (version: string): boolean => offeredMinors.includes(version);

export const platformVersion = (version: string): string => minors.find((minor) => minor.version === version)?.platform ?? "eks.1";

export const patchVersion = (version: string): string => minors.find((minor) => minor.version === version)?.patch ?? `${version}.0`;

/** Minor number: 35 for "1.35" and for "v1.35.3-eksbuild.1". */
export const minorNumber = (version: string): number => Number(/^v?1\.(\d+)/.exec(version)?.[1] ?? Number.NaN);

export const versionInformation: readonly ClusterVersionInformation[] = minors.map((minor) => ({
  clusterVersion: minor.version,
  clusterType: "eks",
  defaultPlatformVersion: minor.platform,
  defaultVersion: minor.version === defaultMinor,
  ...(minor.released && { releaseDate: new Date(minor.released) }),
  ...(minor.standardEnds && { endOfStandardSupportDate: new Date(minor.standardEnds) }),
  ...(minor.extendedEnds && { endOfExtendedSupportDate: new Date(minor.extendedEnds) }),
  status: minor.status === "STANDARD_SUPPORT" ? "standard-support" : "extended-support",
  versionStatus: minor.status,
  kubernetesPatchVersion: minor.patch,
}));
