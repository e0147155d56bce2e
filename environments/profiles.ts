/**
 * Defaults of a profile: they stand between the schema's defaults and an environment's file. The schema's are the safe ones, so
 * `production` only adds what has to be kept longer, and `development` says what may be cheaper or shorter, and why.
 * Prices: Seoul, USD, a month of 730 hours, from public bills of 2026.
 */
import type { EnvironmentInput } from "./schema.ts";

type Section<Name extends "network" | "cluster" | "protection" | "state" | "tenancy"> = Partial<NonNullable<EnvironmentInput[Name]>>;

export interface Profile {
  readonly protection: Section<"protection">;
  readonly state: Section<"state">;
  /** Only for environments that have a network. */
  readonly network: Section<"network">;
  /** Only for environments that have a cluster. */
  readonly cluster: Section<"cluster">;
  /** Only for environments that have teams. */
  readonly tenancy: Section<"tenancy">;
}

const development: Profile = {
  protection: {
    // It is made and destroyed at will; nothing in it is the only copy.
    deletion: false,
    // The shortest that KMS offers; a key that waits is still billed.
    keyDeletionDays: 7,
  },
  // A quarter: enough to look back at a broken apply.
  state: { oldVersionDays: 90 },
  network: {
    // 43 USD instead of 129 for three zones; a failed zone may take the egress of development with it.
    nat: "single",
    // 15 endpoints in three zones are 427 USD, the NAT gateway that is there anyway costs 0.059 USD per GB. S3, where image layers come
    // from, and DynamoDB have gateway endpoints at no cost in every profile.
    interfaceEndpoints: [],
    // Nobody audits development; logs are for debugging. Ten-minute records are a tenth of the volume.
    flowLogs: { logGroupDays: 7, archiveDays: 30, aggregationSeconds: 600 },
  },
  // Two sprints of audit logs.
  cluster: { logDays: 30 },
  // Trying things out by hand is what it is for, and its secrets open nothing else.
  tenancy: { developer: { changes: true, secrets: true } },
};

const production: Profile = {
  protection: {},
  state: {},
  network: {},
  // Who did what in the cluster is asked up to a year later (PCI DSS 4.0 requirement 10.5.1: twelve months of audit history).
  cluster: { logDays: 365 },
  tenancy: {},
};

export const profiles: Readonly<Record<EnvironmentInput["profile"], Profile>> = { development, production };

/** What an environment file says on top of its profile's defaults. Lists are replaced as a whole; an absent network or cluster stays absent. */
export function withProfile(file: unknown): unknown {
  if (!isRecord(file) || typeof file.profile !== "string" || !Object.hasOwn(profiles, file.profile)) return file;
  const { protection, state, network, cluster, tenancy } = profiles[file.profile as keyof typeof profiles];
  const optional = Object.entries({ network, cluster, tenancy }).filter(([name]) => isRecord(file[name]));
  const wanted = { protection, state, ...Object.fromEntries(optional) };
  return merge(wanted, file);
}

/** `over` on top of `under`, object by object. A value that is set to undefined counts as not set. */
function merge(under: unknown, over: unknown): unknown {
  if (over === undefined) return under;
  if (!isRecord(under) || !isRecord(over)) return over;
  const keys = new Set([...Object.keys(under), ...Object.keys(over)]);
  return Object.fromEntries([...keys].map((key) => [key, merge(under[key], over[key])]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
