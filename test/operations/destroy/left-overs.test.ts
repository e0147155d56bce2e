/** Whose what controllers left is, when it goes, and in which order. */
import { describe, expect, test } from "@jest/globals";
import { ownedBy } from "../../../operations/destroy/dns.ts";
import { betterWay, inOrder, isOf, kinds, type LeftOver, madeFor, momentOf, momentsOf } from "../../../operations/destroy/left-over.ts";
import { leftOver } from "./left-over.ts";

describe("whose it is", () => {
  test.each<[string, Record<string, string>, boolean]>([
    ["a load balancer of this cluster", { "elbv2.k8s.aws/cluster": "mainline-dev" }, true],
    ["one of another cluster", { "elbv2.k8s.aws/cluster": "mainline-prod" }, false],
    [
      "a volume of the CSI driver",
      {
        "kubernetes.io/cluster/mainline-dev": "owned",
        "ebs.csi.aws.com/cluster": "true",
      },
      true,
    ],
    ["one of a cluster whose name begins alike", { "kubernetes.io/cluster/mainline-dev-2": "owned" }, false],
    ["a subnet that clusters share", { "kubernetes.io/cluster/mainline-dev": "shared" }, false],
    [
      "the group that EKS made and removes",
      {
        "kubernetes.io/cluster/mainline-dev": "owned",
        "aws:eks:cluster-name": "mainline-dev",
      },
      false,
    ],
    ["an interface of the CNI", { "cluster.k8s.amazonaws.com/name": "mainline-dev" }, true],
    [
      "an instance of Karpenter",
      {
        "eks:eks-cluster-name": "mainline-dev",
        "karpenter.sh/nodepool": "general",
      },
      true,
    ],
    ["an instance of a node group", { "eks:eks-cluster-name": "mainline-dev" }, false],
    ["anything else", { Name: "mainline-dev" }, false],
  ])("%s", (_, tags, expected) => expect(isOf("mainline-dev", tags)).toBe(expected));

  test.each<[Record<string, string>, string]>([
    [{ "service.k8s.aws/stack": "shop/web" }, "Service shop/web"],
    [{ "ingress.k8s.aws/stack": "shop/web" }, "Ingress shop/web"],
    [{ "ingress.k8s.aws/stack": "public" }, "Ingresses of the group public"],
    [
      {
        "kubernetes.io/created-for/pvc/name": "data",
        "kubernetes.io/created-for/pvc/namespace": "shop",
      },
      "claim shop/data",
    ],
    [{ "karpenter.sh/nodepool": "general" }, "node pool general"],
    [{}, ""],
  ])("%j was made for %s", (tags, expected) => expect(madeFor(tags)).toBe(expected));
});

test("each kind goes at one moment, and while the controller runs nothing does that it would make again", () => {
  const all = (stack: string) => [...(momentsOf(stack)?.before ?? []), ...(momentsOf(stack)?.after ?? [])];
  expect(momentsOf("addons")?.before).toEqual([]);
  for (const stack of ["addons", "cluster", "network"]) expect(new Set(all(stack)).size).toBe(all(stack).length);
  for (const stack of ["cluster", "network"]) expect([...all(stack), "snapshot"].toSorted()).toEqual(kinds.toSorted());
  expect(momentsOf("ci")).toBeUndefined();
});

test.each<[string, LeftOver["kind"], Partial<LeftOver>, string | undefined]>([
  ["addons", "DNS record", {}, "after"],
  ["addons", "volume", {}, undefined],
  ["cluster", "classic load balancer", {}, "after"],
  ["network", "classic load balancer", {}, "before"],
  ["network", "load balancer", { foreign: "somebody's" }, undefined],
  ["network", "snapshot", {}, undefined],
])("with %s, a %s %j goes %s", (stack, kind, more, moment) => {
  const moments = momentsOf(stack) ?? { before: [], after: [] };
  expect(momentOf(moments, leftOver(kind, more))).toBe(moment);
});

describe("records that external-dns left", () => {
  const owner = (name: string, cluster: string, more = {}) => ({
    Name: name,
    Type: "TXT" as const,
    ResourceRecords: [{ Value: `"heritage=external-dns,external-dns/owner=${cluster},external-dns/resource=ingress/shop/web"` }],
    ...more,
  });
  const record = (Name: string, Type: "A" | "CNAME" | "TXT", more = {}) => ({ Name, Type, ...more });
  const owned = (...sets: Parameters<typeof ownedBy>[1]) =>
    ownedBy("mainline-dev", sets).map(({ name, type, madeFor: what, target }) => [name, type, what, target !== undefined]);

  test("with the one that says so, by type", () =>
    expect(
      owned(
        record("web.dev.example.com.", "A"),
        owner("external-dns-a.web.dev.example.com.", "mainline-dev"),
        owner("external-dns-cname.web.dev.example.com.", "mainline-dev"),
      ),
    ).toEqual([
      ["web.dev.example.com.", "A", "ingress shop/web", true],
      ["web.dev.example.com.", "CNAME", "ingress shop/web", false],
    ]));

  test("a wildcard, which is written otherwise in names of TXT records", () =>
    expect(owned(record("\\052.dev.example.com.", "A"), owner("external-dns-a.any.dev.example.com.", "mainline-dev"))).toEqual([
      ["\\052.dev.example.com.", "A", "ingress shop/web", true],
    ]));

  test("of one answer of several, that one", () =>
    expect(
      owned(
        record("web.example.com.", "A", { SetIdentifier: "other" }),
        owner("external-dns-a.web.example.com.", "mainline-dev", { SetIdentifier: "dev" }),
      ),
    ).toEqual([["web.example.com.", "A", "ingress shop/web", false]]));

  test.each([
    ["of another cluster", [record("web.example.com.", "A"), owner("external-dns-a.web.example.com.", "mainline-prod")]],
    ["of one whose name begins alike", [owner("external-dns-a.web.example.com.", "mainline-dev-2")]],
    ["that somebody wrote by hand", [record("web.example.com.", "A"), record("example.com.", "TXT")]],
    ["by another prefix", [owner("own-a.web.example.com.", "mainline-dev")]],
  ])("none %s", (_, sets) => expect(owned(...sets)).toEqual([]));
});

test("what uses another thing goes first", () => {
  expect(
    inOrder([leftOver("security group"), leftOver("volume"), leftOver("target group"), leftOver("load balancer")]).map(({ kind }) => kind),
  ).toEqual([...["load balancer", "target group", "security group", "volume"]]);
});

test.each<[LeftOver["kind"], RegExp | undefined]>([
  ["load balancer", /delete ingress/],
  ["volume", /persistentvolumeclaims/],
  ["instance", /delete nodepools/],
  ["network interface", undefined],
])("how Kubernetes removes a %s", (kind, expected) => {
  const lines = betterWay("dev", [leftOver(kind)]).join("\n");
  if (expected) expect(lines).toMatch(expected);
  else expect(lines).toBe("");
});
