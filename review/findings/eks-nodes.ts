/** Nodes and the add-ons on them: how many are left, how they are exchanged, what a pod can take from them. */
import { type AddonName, kubernetesVersions } from "../../environments/versions.ts";
import { compareVersions } from "../helm/version.ts";
import type { Detector, Finding, Json, StackPlan } from "../model.ts";
import { findingOn, type Kind, settings } from "../reading/changes.ts";
import { changes, type Switch, switched, turnsOn } from "../reading/switches.ts";
import { numberOf, textOf, textsOf, valueAt } from "../reading/values.ts";

const groups = ["aws_eks_node_group"];
const scaled = ["aws_eks_node_group", "aws_autoscaling_group"];
const templates = ["aws_launch_template"];

const fewer: Kind = {
  rule: "eks-nodes-fewer",
  danger: "caution",
  because: "Pods of the nodes that go have to fit on those that stay, or wait",
  remedy: "check what the pods ask for (kubectl describe nodes), and disruption budgets",
};
const none: Kind = { ...fewer, rule: "eks-nodes-none", danger: "danger", because: "Nothing that needs these nodes runs any more" };
const forced: Kind = {
  rule: "eks-nodes-forced",
  danger: "caution",
  because: "Nodes are exchanged although disruption budgets forbid it: services may go down",
};
const spot: Kind = { rule: "eks-nodes-spot", danger: "caution", because: "AWS takes spot instances back with two minutes' notice" };
const rolled: Kind = {
  rule: "eks-nodes-rolled",
  danger: "info",
  because: "Every node of the group is exchanged, a share at a time; pods move",
};
const started: Kind = {
  rule: "eks-nodes-start",
  danger: "caution",
  because: "It runs as root on every new machine, before anything watches it",
  remedy: "read it decoded: base64 -d",
};
const atOnce: Kind = { rule: "eks-nodes-at-once", danger: "caution", because: "All nodes are exchanged at the same time" };
const ssh: Kind = {
  rule: "eks-nodes-ssh",
  danger: "caution",
  because: 'Without source groups EKS opens port 22 of the nodes to the whole internet (EKS guide, "Create a managed node group")',
  remedy: "use Session Manager",
};
const metadata: Kind = {
  rule: "eks-imds",
  danger: "danger",
  because: "A pod can borrow the node's role from the metadata service (FSBP EC2.8)",
  remedy: "set http_tokens to required and the hop limit to 1",
};

const becomesZero: Switch["tells"] = (after, before) => numberOf(after) === 0 && (numberOf(before) ?? 0) > 0;
/** Small steps are what autoscaling does all day. */
const halves: Switch["tells"] = (after, before) => (numberOf(after) ?? 0) > 0 && (numberOf(after) ?? 0) * 2 <= (numberOf(before) ?? 0);
const isAll: Switch["tells"] = (after, before) => numberOf(after) === 100 && numberOf(before) !== 100;
const above =
  (most: number): Switch["tells"] =>
  (after, before) =>
    (numberOf(after) ?? 0) > most && !((numberOf(before) ?? 0) > most);
const equals =
  (value: Json): Switch["tells"] =>
  (after, before) =>
    after === value && before !== value;

const rows: readonly Switch[] = [
  {
    types: scaled,
    path: ["scaling_config", "max_size"],
    tells: becomesZero,
    onCreate: false,
    kind: none,
    what: "may have no nodes any more",
  },
  { types: scaled, path: ["max_size"], tells: becomesZero, onCreate: false, kind: none, what: "may have no nodes any more" },
  { types: groups, path: ["scaling_config", "desired_size"], tells: becomesZero, onCreate: false, kind: none, what: "is scaled to zero" },
  {
    types: ["aws_autoscaling_group"],
    path: ["desired_capacity"],
    tells: becomesZero,
    onCreate: false,
    kind: none,
    what: "is scaled to zero",
  },
  {
    types: groups,
    path: ["scaling_config", "desired_size"],
    tells: halves,
    onCreate: false,
    kind: fewer,
    what: "loses half of its nodes or more",
  },
  {
    types: groups,
    path: ["scaling_config", "max_size"],
    tells: halves,
    onCreate: false,
    kind: fewer,
    what: "may only have half as many nodes",
  },
  {
    types: groups,
    path: ["force_update_version"],
    tells: turnsOn,
    onCreate: false,
    kind: forced,
    what: "exchanges nodes against disruption budgets",
  },
  { types: groups, path: ["capacity_type"], tells: equals("SPOT"), onCreate: false, kind: spot, what: "becomes spot" },
  {
    types: groups,
    path: ["update_config", "max_unavailable_percentage"],
    tells: isAll,
    onCreate: true,
    kind: atOnce,
    what: "exchanges all nodes at once",
  },
  { types: groups, path: ["release_version"], tells: changes, onCreate: false, kind: rolled, what: "gets another node image" },
  { types: groups, path: ["ami_type"], tells: changes, onCreate: false, kind: rolled, what: "gets another kind of image" },
  {
    types: groups,
    path: ["launch_template", "version"],
    tells: changes,
    onCreate: false,
    kind: rolled,
    what: "gets another launch template",
  },
  {
    types: templates,
    path: ["user_data"],
    tells: changes,
    onCreate: false,
    kind: started,
    what: "its machines run another script when they start",
  },
  { types: templates, path: ["image_id"], tells: changes, onCreate: false, kind: rolled, what: "starts another image" },
  { types: templates, path: ["user_data"], tells: changes, onCreate: false, kind: rolled, what: "starts nodes in another way" },
  {
    types: templates,
    path: ["metadata_options", "http_tokens"],
    tells: equals("optional"),
    onCreate: true,
    kind: metadata,
    what: "answers metadata requests without a token",
  },
  {
    types: templates,
    path: ["metadata_options", "http_put_response_hop_limit"],
    tells: above(1),
    onCreate: true,
    kind: { ...metadata, danger: "caution" },
    what: "pods reach the metadata service",
  },
];

export const eksNodes: Detector = (plan) => [...switched(plan, rows), ...remote(plan), ...addons(plan)];

function remote(plan: StackPlan): readonly Finding[] {
  return settings(plan).flatMap(({ type, address, before, after }) => {
    if (type !== "aws_eks_node_group") return [];
    const key = ["remote_access", "ec2_ssh_key"];
    const [was, is] = [before, after].map((values) => textOf(valueAt(values ?? {}, key)));
    if (is === undefined || is === was) return [];
    const from = textsOf(valueAt(after ?? {}, ["remote_access", "source_security_group_ids"]));
    return [findingOn(plan, address, { ...ssh, danger: from.length === 0 ? "danger" : "caution" }, "opens SSH to the nodes", from)];
  });
}

const untried: Kind = {
  rule: "eks-addon-untried",
  danger: "caution",
  because: "It is in no row of environments/versions.ts, which holds what belongs together for a Kubernetes minor",
  remedy: "move the table first, and rehearse it",
};
const back: Kind = {
  rule: "eks-addon-downgrade",
  danger: "caution",
  because: "Custom resources and settings of the newer version may not be understood by the older one",
};
const lost: Kind = {
  rule: "eks-addon-removed",
  danger: "danger",
  because: "EKS deletes its pods from the cluster: without it nodes have no network, names or volumes",
  remedy: "keep it, or set preserve first",
};
const essential: ReadonlySet<string> = new Set(["vpc-cni", "kube-proxy", "coredns", "aws-ebs-csi-driver", "eks-pod-identity-agent"]);

function addons(plan: StackPlan): readonly Finding[] {
  const clusterGoes = plan.changes.some(({ type, action }) => type === "aws_eks_cluster" && action === "delete");
  const stays = (name: string | undefined) =>
    plan.planned.some(({ type, values }) => type === "aws_eks_addon" && values.addon_name === name);
  return plan.changes.flatMap(({ type, action, address, before, after }) => {
    if (type !== "aws_eks_addon") return [];
    const name = textOf(after?.addon_name) ?? textOf(before?.addon_name);
    if (action === "delete") {
      const matters = name !== undefined && essential.has(name) && !clusterGoes && !stays(name) && before?.preserve !== true;
      return matters ? [findingOn(plan, address, lost, `removes ${name} from the cluster`)] : [];
    }
    const [was, is] = [textOf(before?.addon_version), textOf(after?.addon_version)];
    if (is === undefined || is === was) return [];
    const line = [`${was ?? "new"} → ${is}`];
    return [
      ...(known(name, is) ? [] : [findingOn(plan, address, untried, `${name ?? "add-on"} gets a version that is not in the table`, line)]),
      ...(was !== undefined && compareVersions(is, was) < 0 ? [findingOn(plan, address, back, `${name ?? "add-on"} goes back`, line)] : []),
    ];
  });
}

function known(name: string | undefined, version: string): boolean {
  const rows_ = Object.values(kubernetesVersions).map(({ addons: versions }) => versions[name as AddonName]);
  return rows_.every((each) => each === undefined) || rows_.includes(version);
}
