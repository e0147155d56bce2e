/**
 * From who AWS says a caller is, to the access entry that speaks of it and the user that Kubernetes sees. Sources: EKS user guide,
 * "Create access entries"; STS API reference, GetCallerIdentity. Pure.
 */
import type { AccessEntry } from "../eks/data-plane.ts";
import type { Refusal } from "./token.ts";

/** A caller as GetCallerIdentity tells it. */
export interface Caller {
  readonly arn: string;
  readonly account: string;
  readonly kind: "role" | "user";
  /** Of a role without its path, of a user with it: STS tells no more. */
  readonly name: string;
  /** Of an assumed role. */
  readonly session: string | undefined;
}

export interface KubernetesUser {
  readonly username: string;
  readonly uid: string;
  readonly groups: readonly string[];
  readonly extra: Readonly<Record<string, readonly string[]>>;
}

/**
 * The group that stands for an access entry. EKS authorizes access policies by the entry itself; here RBAC does, and a user name that
 * holds {{SessionName}} is not known when the binding is made, so the binding names this group.
 */
export function entryGroup(principalArn: string): string {
  return `rehearsal:access-entry:${principalArn}`;
}

export function parseCaller(arn: string): Caller | undefined {
  const [, service, account, kind, rest] = /^arn:[a-z-]+:(sts|iam)::(\d{12}):([a-z-]+)\/(.+)$/.exec(arn) ?? [];
  if (!service || !account || !kind || !rest) return undefined;
  if (kind === "user") return { arn, account, kind, name: rest, session: undefined };
  const [name = "", session] = rest.split("/");
  return kind === "assumed-role" && session ? { arn, account, kind: "role", name, session } : undefined;
}

/** The entry for a caller. A role is found by its name: unique in an account, and all that STS tells of it. */
function entryOf(caller: Caller, entries: readonly AccessEntry[]): AccessEntry | undefined {
  return entries.find(({ principalArn }) => {
    const [, account, kind, name = ""] = /^arn:[a-z-]+:iam::(\d{12}):(role|user)\/(.+)$/.exec(principalArn) ?? [];
    if (account !== caller.account || kind !== caller.kind) return false;
    return kind === "role" ? name.split("/").at(-1) === caller.name : name === caller.name;
  });
}

/** The Kubernetes user, or why there is none. */
export function userOf(caller: Caller, entries: readonly AccessEntry[]): KubernetesUser | Refusal {
  const entry = entryOf(caller, entries);
  if (!entry) return { refused: `no access entry for ${caller.arn}` };
  if (entry.type !== "STANDARD")
    return { refused: `the access entry of ${entry.principalArn} is of type ${entry.type}: for nodes, not for users` };
  const session = caller.session ?? "";
  const username = entry.username
    // In user names EKS replaces "@" of a session by "-", unless the raw name is asked for.
    .replaceAll("{{SessionName}}", session.replaceAll("@", "-"))
    .replaceAll("{{SessionNameRaw}}", session)
    .replaceAll("{{AccountID}}", caller.account);
  return {
    username,
    uid: `aws-iam-authenticator:${caller.account}:${caller.name}`,
    groups: [...entry.groups, entryGroup(entry.principalArn)],
    extra: { arn: [caller.arn], canonicalArn: [entry.principalArn], sessionName: [session] },
  };
}
