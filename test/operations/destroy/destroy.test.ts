/** What a destroy tells before it asks, whose left-overs are whose, and who stands on what. */
import { describe, expect, test } from "@jest/globals";
import { endpointOf } from "../../../operations/aws/clients.ts";
import { ownedBy } from "../../../operations/destroy/dns.ts";
import { betterWay, inOrder, isOf, kinds, type LeftOver, madeFor, momentOf, momentsOf } from "../../../operations/destroy/left-over.ts";
import { lossesOf } from "../../../operations/destroy/losses.ts";
import { checkReaders, readersOf } from "../../../operations/destroy/readers.ts";
import { managed, namedIn } from "../../../operations/destroy/states.ts";
import { prospectLines, question } from "../../../operations/destroy/tell.ts";
import type { State } from "../../../operations/terraform.ts";
import { environment } from "../affected/stacks.ts";

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

const leftOver = (kind: LeftOver["kind"], more: Partial<LeftOver> = {}): LeftOver => ({
  kind,
  id: `${kind}-1`,
  name: "",
  madeFor: "",
  data: kind === "volume",
  ...more,
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

const state: State = {
  serial: 3,
  lineage: "l",
  resources: [
    {
      mode: "managed",
      type: "aws_route",
      name: "out",
      instances: [{ attributes: { id: "r-1" } }],
    },
    {
      mode: "managed",
      type: "aws_subnet",
      name: "a",
      instances: [
        {
          index_key: "x",
          attributes: { id: "subnet-1", tags_all: { Name: "private-a" } },
        },
        { index_key: 1, attributes: {} },
      ],
    },
    {
      mode: "managed",
      type: "aws_s3_bucket",
      name: "logs",
      module: "module.m",
      instances: [{ attributes: { bucket: "logs-1", arn: "arn:logs" } }],
    },
    {
      mode: "data",
      type: "aws_caller_identity",
      name: "me",
      instances: [{ attributes: {} }],
    },
  ],
};

describe("what is lost", () => {
  test("what cannot be made again first, every instance by its address", () =>
    expect(lossesOf(state).map(({ address, name, loss }) => `${loss === undefined ? "" : "! "}${address} ${name}`)).toEqual([
      '! aws_subnet.a["x"] private-a',
      "! aws_subnet.a[1] ",
      "! module.m.aws_s3_bucket.logs logs-1",
      "aws_route.out r-1",
    ]));

  test("counts objects, not data sources; knows every name in it", () => {
    expect([managed(state), managed(undefined)]).toEqual([4, 0]);
    expect([...namedIn(state)].sort()).toEqual(["arn:logs", "logs-1", "r-1", "subnet-1"]);
  });

  test("in words", () => {
    const counts = {
      create: 0,
      update: 0,
      replace: 0,
      delete: 4,
      other: 0,
      outputs: 0,
    };
    const found = [
      leftOver("volume", { name: "8 GiB", madeFor: "claim shop/data" }),
      leftOver("load balancer", { name: "web", madeFor: "Service shop/web" }),
      leftOver("security group", { foreign: "no state knows it" }),
    ];
    const prospect = {
      id: "dev-cluster",
      environment: "dev",
      stack: "cluster",
      account: "111122223333",
      losses: lossesOf(state),
      leftOvers: found,
      counts,
    };
    expect(prospectLines(prospect).join("\n")).toMatchInlineSnapshot(`
      "Destroying dev-cluster in account 111122223333: 4 to delete.

      What a second apply does not bring back:
        aws_subnet private-a, aws_subnet.a[1]: the addresses of whatever is in it; load balancers and nodes must leave first
        aws_s3_bucket logs-1: the objects in it; the name may be taken by somebody else

      Besides: aws_route.out

      Controllers made these, and no state knows them:
        load balancer web (load balancer-1) of Service shop/web: deleted first
        volume 8 GiB (volume-1) of claim shop/data: deleted afterwards, with its data
      While the cluster and its controllers run, it is better to answer no and let Kubernetes remove them:
        kubectl --context dev delete ingress --all --all-namespaces
        kubectl --context dev get service --all-namespaces | grep LoadBalancer   then delete these
        kubectl --context dev get persistentvolumeclaims --all-namespaces   then delete what nobody needs; their data is lost

      These are in the way and not ours to delete:
        security group security group-1: no state knows it"
    `);
    expect(question(prospect)).toBe("Type the name of the environment (dev) to destroy dev-cluster: ");
  });
});

describe("who stands on a stack", () => {
  const synth = [...environment("dev"), ...environment("prod")];
  const named = (id: string) => synth.find((stack) => stack.id === id) ?? fail(id);
  const fail = (id: string): never => {
    throw new Error(id);
  };

  test.each([
    ["dev-network", ["dev-addons", "dev-cluster"]],
    ["dev-addons", []],
    ["prod-state", ["prod-addons", "prod-cluster", "prod-network"]],
  ])("%s", (id, expected) => expect(readersOf(synth, named(id)).map((stack) => stack.id)).toEqual(expected));

  test("it is refused with what to destroy first, in order", async () => {
    const states: Record<string, State | undefined> = {
      "dev-addons": state,
      "dev-cluster": { ...state, resources: [] },
    };
    await expect(checkReaders(synth, named("dev-network"), async ({ id }) => states[id])).rejects.toThrow(
      "Other stacks stand on dev-network. Destroy them first, in this order:\n  mainline destroy dev-addons   (4 objects)",
    );
  });

  test("empty states do not stand in the way", async () => {
    await expect(checkReaders(synth, named("dev-network"), async () => undefined)).resolves.toBeUndefined();
  });
});

test.each([
  [
    {
      AWS_ENDPOINT_URL: "http://aws.rehearsal.invalid",
      HTTP_PROXY: "http://127.0.0.1:1",
    },
    "http://127.0.0.1:1",
  ],
  [
    {
      AWS_ENDPOINT_URL: "https://vpce.example.com",
      HTTP_PROXY: "http://proxy",
    },
    undefined,
  ],
  [{ HTTP_PROXY: "http://proxy" }, undefined],
  [{}, undefined],
])("only a rehearsal's gateway is asked in AWS's place: %j", (user, expected) => expect(endpointOf(user)).toBe(expected));
