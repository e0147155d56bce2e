/** What simulated nodes and pods do not show, and what is done about it. The one list: docs/rehearsal.md and reports are made from it. */

export interface Limit {
  readonly id: string;
  /** What is different from a cluster in AWS. */
  readonly fact: string;
  /** What the rehearsal does instead, or what to use to see it. */
  readonly instead: string;
}

export const limits: readonly Limit[] = [
  {
    id: "pods",
    fact: "Pods do not run: no image is pulled, no probe is asked, no program starts. A scheduled pod counts as Running and Ready.",
    instead: "Scheduling, quotas, RBAC, admission policies and object validation are real. Wrong images and crashes are not seen.",
  },
  {
    id: "jobs",
    fact: "A Job's pod succeeds at once, Helm hooks included.",
    instead: "A hook that would create something (a certificate, a schema) has created nothing.",
  },
  {
    id: "webhooks",
    fact: "Validating and mutating webhooks do not act, since the pods that would answer do not run; a CRD with a conversion webhook answers in its stored version only.",
    instead: "Their configurations are stored and can be read. ValidatingAdmissionPolicy and MutatingAdmissionPolicy act.",
  },
  {
    id: "api-services",
    fact: "APIServices of such pods (metrics-server, prometheus-adapter) stay unavailable; HorizontalPodAutoscalers have no figures.",
    instead:
      "The API server's own groups answer. A namespace that waits only for what such an API would say of it is let go, with a line in the log.",
  },
  {
    id: "controllers",
    fact: "Controllers that are pods (load balancer controller, external-dns, Karpenter, Argo CD, CSI drivers, cert-manager) do nothing.",
    instead:
      "Their custom resources are checked against the CRDs' schemas and stored; no status comes. Finalizers that they would take off are taken off when the namespace is deleted, and the report names each. EBS and EFS are played, see volumes; of snapshots only the kinds.",
  },
  {
    id: "network",
    fact: "There is no pod network: Services have no traffic, NetworkPolicies and security groups have no effect, DNS does not answer.",
    instead: "The objects are stored. Endpoints list the simulated addresses.",
  },
  {
    id: "exec",
    fact: "kubectl exec, logs and port-forward have no kubelet to talk to.",
    instead: "Whether somebody may do it is answered by RBAC.",
  },
  {
    id: "memory",
    fact: "Nodes have 7.5 % less memory than their type's nominal size (Karpenter's estimate); real ones lose 4 to 6 %.",
    instead: "What fits in the rehearsal fits in AWS.",
  },
  {
    id: "nodes",
    fact: "Nodes are bought at once and always: no Spot interruptions, no shortage, no quota. No cluster autoscaler and no Karpenter adds any.",
    instead: "Set the desired size of the group. Instance types that the table lacks are refused by name.",
  },
  {
    id: "volumes",
    fact: "Volumes are entries only: no data, no snapshots, no resizing, no limit of volumes per node. Every provisioner is played, whether its driver is installed or not.",
    instead: "Claims bind as the storage class says, in the zone of the chosen node; EBS refuses shared access, EFS allows it.",
  },
  {
    id: "fargate",
    fact: "Fargate pods get a machine at once, also with what Fargate refuses (privileged containers, host ports, EBS). Before Kubernetes 1.34 only pods that find no other node go there.",
    instead: "Profiles select pods and sizes are rounded as in AWS; pods above 16 vCPU or 120 GiB stay pending with the reason.",
  },
  {
    id: "access-policies",
    fact: "Access policies are RBAC objects here (ClusterRoles named rehearsal:..., bound to a group per access entry) and no objects in EKS. `kubectl auth can-i --list` shows them.",
    instead:
      "The rules are those that EKS documents. EKS's service policies (Auto Mode, backup ...) allow nothing here, with a line in the log.",
  },
  {
    id: "groups",
    fact: "kube-apiserver keeps an accepted token for up to 10 s, so a deleted entry's Kubernetes groups last that long for a token in use; EKS takes longer.",
    instead: "What access policies allow changes at once, and new tokens are judged anew.",
  },
  {
    id: "identity",
    fact: "IAM permissions are not enforced: whoever has credentials of a rehearsal may ask AWS anything. Pod identity and IRSA tokens are not exchanged.",
    instead:
      "Kubernetes tokens are checked completely: signature, cluster, age, caller, access entry. IAM policies are simulated in unit tests.",
  },
  {
    id: "control-plane",
    fact: "One API server without EKS's own components (aws-node, kube-proxy, coredns, eks:* roles), limits and timing; the minor version may differ where the binaries are given.",
    instead: "The report names the version that ran and the one that was asked for.",
  },
];
