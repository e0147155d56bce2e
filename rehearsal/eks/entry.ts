/** Access entries: types, and the user name and groups that each gets. Source: EKS user guide, "Create access entries". */
import type { AccessEntry as Wanted } from "./data-plane.ts";
import { invalid } from "./errors.ts";
import { eksArn, type Place, uuid } from "./identifiers.ts";
import type { StoredAccessEntry } from "./store.ts";

type EntryType = Wanted["type"];

/** Groups of the types that are for machines; people's entries have their own. */
const machineGroups: Readonly<Record<Exclude<EntryType, "STANDARD">, readonly string[]>> = {
  EC2_LINUX: ["system:nodes"],
  EC2_WINDOWS: ["eks:kube-proxy-windows", "system:nodes"],
  EC2: ["eks:automode-nodes"],
  FARGATE_LINUX: ["system:bootstrappers", "system:nodes", "system:node-proxier"],
  HYBRID_LINUX: ["system:nodes"],
  HYPERPOD_LINUX: ["system:nodes"],
};

export const isEntryType = (type: string): type is EntryType => type === "STANDARD" || type in machineGroups;

/** Parts of an IAM principal's ARN. @throws InvalidParameterException for what cannot have an entry. */
export function parsePrincipal(arn: string): { readonly account: string; readonly kind: "role" | "user"; readonly name: string } {
  const [, account, kind, path = "", name] = /^arn:aws[a-z-]*:iam::(\d{12}):(role|user)\/(.*\/)?([\w+=,.@-]+)$/.exec(arn) ?? [];
  if (!account || !name) throw invalid("The specified principalArn is invalid: invalid principal.");
  if (path.startsWith("aws-service-role/")) {
    throw invalid("The caller is not allowed to modify access entries with a principalArn value of a Service Linked Role");
  }
  return { account, kind: kind === "user" ? "user" : "role", name };
}

/** EKS's user name where none is given. */
function defaultUsername(arn: string, type: EntryType): string {
  const { account, kind, name } = parsePrincipal(arn);
  if (type === "FARGATE_LINUX" || type === "HYBRID_LINUX" || type === "HYPERPOD_LINUX") return "system:node:{{SessionName}}";
  if (type !== "STANDARD") return "system:node:{{EC2PrivateDNSName}}";
  return kind === "user" ? arn : `arn:aws:sts::${account}:assumed-role/${name}/{{SessionName}}`;
}

export interface NewEntry {
  readonly principalArn: string;
  readonly type: EntryType;
  readonly at: Date;
  readonly username?: string;
  readonly kubernetesGroups?: string[];
  readonly tags?: Record<string, string>;
}

export function newEntry(place: Place, clusterName: string, { principalArn, type, at, ...given }: NewEntry): StoredAccessEntry {
  const { account, kind, name } = parsePrincipal(principalArn);
  const id = uuid(place, "access-entry", clusterName, principalArn, at.toISOString());
  return {
    clusterName,
    principalArn,
    type,
    username: given.username ?? defaultUsername(principalArn, type),
    kubernetesGroups: given.kubernetesGroups ?? (type === "STANDARD" ? [] : [...machineGroups[type]]),
    accessEntryArn: eksArn(place, `access-entry/${clusterName}/${kind}/${account}/${name}/${id}`),
    createdAt: at,
    modifiedAt: at,
    tags: given.tags ?? {},
    policies: [],
    automatic: false,
  };
}

/** @throws InvalidParameterException for names that EKS keeps for itself. */
export function checkEntryNames(type: EntryType, username: string | undefined, groups: readonly string[] | undefined): void {
  if (type !== "STANDARD") {
    if (username?.startsWith("system:")) throw invalid("The username must not begin with system:");
    if (groups?.length) throw invalid(`Kubernetes groups cannot be set for access entries of type ${type}`);
    return;
  }
  const reserved = groups?.find((group) => group.startsWith("system:"));
  if (reserved) throw invalid(`The kubernetes group name ${reserved} is invalid, it cannot start with system:`);
  const bad = ["system:", "eks:", "aws:", "amazon:", "iam:"].find((prefix) => username?.startsWith(prefix));
  if (bad) throw invalid(`The username must not begin with ${bad}`);
  if (username?.includes(":assumed-role/") && !username.includes("{{SessionName}}")) {
    throw invalid("The username of an assumed role must end with {{SessionName}}");
  }
}
