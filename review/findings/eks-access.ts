/** Who gets into the cluster, and what for: access entries, access policies, roles of pods. */
import type { Danger, Detector, Finding, PlannedResource, StackPlan } from "../model.ts";
import { findingOn, type Kind, settings } from "../reading/changes.ts";
import { isUnknownAt, textOf, textsOf, valueAt } from "../reading/values.ts";

const entry: Omit<Kind, "danger"> = {
  rule: "eks-access-entry",
  because: "An access entry lets an IAM principal into the cluster; its Kubernetes groups have the rights of their bindings",
  remedy: "check who may assume the role",
};
const policy: Omit<Kind, "danger"> = {
  rule: "eks-access-policy",
  because: 'An access policy is a role in Kubernetes that no RBAC object shows (EKS guide, "Review access policy permissions")',
  remedy: "give the narrowest policy, in namespaces where that is enough",
};
const lockout: Kind = {
  rule: "eks-no-administrator",
  danger: "danger",
  because: "Nobody is left who can administer the cluster; entries can then only be mended through the EKS API",
};
const pod: Omit<Kind, "danger"> = {
  rule: "eks-pod-role",
  because: "Every pod with that service account acts with the role",
  remedy: "check who may create pods in the namespace",
};

export const eksAccess: Detector = (plan) => [...entries(plan), ...policies(plan), ...lastAdministrator(plan), ...pods(plan)];

const isNewCluster = (plan: StackPlan) => plan.changes.some(({ type, action }) => type === "aws_eks_cluster" && action === "create");

/** Entries of nodes and Fargate say which machines are nodes, and give no person access. */
const isForPeople = (type: string | undefined) => type === undefined || type === "STANDARD";

function entries(plan: StackPlan): readonly Finding[] {
  const known = new Set(plan.present.filter(({ type }) => type === "aws_eks_access_entry").map(({ values }) => values.principal_arn));
  return settings(plan).flatMap((change) => {
    const { type, address, before, after } = change;
    if (type !== "aws_eks_access_entry") return [];
    const tell = (danger: Danger, what: string, lines: readonly string[]) => [findingOn(plan, address, { ...entry, danger }, what, lines)];
    const [was, groups] = [textsOf(before?.kubernetes_groups), textsOf(after?.kubernetes_groups)];
    const more = groups.filter((group) => !was.includes(group));
    if (more.includes("system:masters")) return tell("danger", "joins system:masters", more);
    const principal = textOf(after?.principal_arn);
    if (principal === undefined || !known.has(principal)) {
      // Without groups it opens nothing by itself: what it may do is in its access policies, told of below.
      const danger = isForPeople(textOf(after?.type)) && !isNewCluster(plan) && more.length > 0 ? "caution" : "info";
      return tell(danger, "lets a principal into the cluster", [principal ?? "(known after apply)", ...more]);
    }
    if (isUnknownAt(change, ["kubernetes_groups"]) && before !== null) return tell("caution", "its groups are known only after apply", []);
    if (more.length > 0 && before !== null) return tell("caution", "joins more groups", more);
    const [old, name] = [before?.user_name, after?.user_name];
    return before !== null && old !== name && name !== undefined
      ? tell("caution", "is another user in the cluster", [`${old ?? "unset"} → ${name}`])
      : [];
  });
}

interface Right {
  readonly address: string;
  readonly principal: string;
  readonly policy: string;
  /** "cluster", or a namespace. */
  readonly scope: string;
}

/** The policies by what they are good for; others of AWS are for its own services. Source: EKS guide, "Review access policy permissions". */
const dangers: Readonly<Record<string, readonly [inCluster: Danger, inNamespace: Danger]>> = {
  AmazonEKSClusterAdminPolicy: ["danger", "danger"],
  AmazonEKSAdminPolicy: ["danger", "caution"],
  AmazonEKSAdminViewPolicy: ["caution", "caution"],
  AmazonEKSSecretReaderPolicy: ["caution", "caution"],
  AmazonEKSEditPolicy: ["caution", "caution"],
  AmazonEKSViewPolicy: ["info", "info"],
};

const nameOf = (arn: string) => arn.slice(arn.lastIndexOf("/") + 1);

function rightsOf(objects: readonly PlannedResource[]): readonly Right[] {
  return objects.flatMap(({ address, type, values }) => {
    if (type !== "aws_eks_access_policy_association") return [];
    const scopes =
      valueAt(values, ["access_scope", "type"]) === "namespace" ? textsOf(valueAt(values, ["access_scope", "namespaces"])) : ["cluster"];
    const [principal, name] = [
      textOf(values.principal_arn) ?? "(known after apply)",
      nameOf(textOf(values.policy_arn) ?? "(known after apply)"),
    ];
    return scopes.map((scope) => ({ address, principal, policy: name, scope }));
  });
}

function policies(plan: StackPlan): readonly Finding[] {
  const before = rightsOf(plan.present);
  const changed = new Set(settings(plan).map(({ address }) => address));
  const fresh = rightsOf(plan.planned).filter(
    (right) =>
      changed.has(right.address) &&
      !before.some(
        (had) => had.principal === right.principal && had.policy === right.policy && (had.scope === "cluster" || had.scope === right.scope),
      ),
  );
  const byAddress = new Map<string, Right[]>();
  for (const right of fresh) byAddress.set(right.address, [...(byAddress.get(right.address) ?? []), right]);
  return [...byAddress].flatMap(([address, rights]) => {
    const [first] = rights;
    if (first === undefined) return [];
    const [inCluster, inNamespace] = dangers[first.policy] ?? (["caution", "caution"] as const);
    const full = first.scope === "cluster" ? inCluster : inNamespace;
    // Somebody has to administer a cluster that is made in the same plan.
    const danger = full === "danger" && isNewCluster(plan) ? "caution" : full;
    const where = first.scope === "cluster" ? "the whole cluster" : `namespace ${rights.map(({ scope }) => scope).join(", ")}`;
    return [findingOn(plan, address, { ...policy, danger }, `gives ${first.policy} in ${where}`, [first.principal])];
  });
}

function lastAdministrator(plan: StackPlan): readonly Finding[] {
  const administers = ({ policy: name, scope }: Right) => name === "AmazonEKSClusterAdminPolicy" && scope === "cluster";
  const was = rightsOf(plan.present).find(administers);
  const goes = plan.changes.some(({ type, action }) => type === "aws_eks_cluster" && action === "delete");
  if (was === undefined || goes || rightsOf(plan.planned).some(administers)) return [];
  return [findingOn(plan, was.address, lockout, "was the last administrator of the cluster")];
}

function pods(plan: StackPlan): readonly Finding[] {
  return settings(plan).flatMap(({ type, action, address, before, after }) => {
    if (type !== "aws_eks_pod_identity_association" || after === null) return [];
    const account = `${textOf(after.namespace) ?? "?"}/${textOf(after.service_account) ?? "?"}`;
    const [old, role] = [textOf(before?.role_arn), textOf(after.role_arn) ?? "(known after apply)"];
    if (action === "create") return [findingOn(plan, address, { ...pod, danger: "info" }, `pods of ${account} get a role`, [role])];
    const was = `${textOf(before?.namespace) ?? "?"}/${textOf(before?.service_account) ?? "?"}`;
    if (old === role && was !== account)
      return [
        findingOn(plan, address, { ...pod, danger: "caution" }, `other pods get the role: those of ${account}`, [
          `${was} → ${account}`,
          role,
        ]),
      ];
    return old === role
      ? []
      : [findingOn(plan, address, { ...pod, danger: "caution" }, `pods of ${account} get another role`, [`${old ?? "none"} → ${role}`])];
  });
}
