/** Which stacks a change affects. */
import { describe, expect, test } from "@jest/globals";
import { compareSynths } from "../../../operations/affected/compare.ts";
import type { Synth, SynthStack } from "../../../operations/affected/model.ts";
import { addons, cluster, environment, network, ref, stack } from "./stacks.ts";

const base = environment("dev");
const brief = (head: Synth, from: Synth = base) =>
  compareSynths(from, head).map(
    ({ id, change, depth, needs }) => `${depth} ${change} ${id}${needs.length > 0 ? ` after ${needs.join(", ")}` : ""}`,
  );
const dev = (name: string, reads: readonly string[], parts: Parameters<typeof stack>[3]) => stack("dev", name, reads, parts);
const withNetwork = (parts: Partial<typeof network>) => environment("dev", { network: dev("network", [], { ...network, ...parts }) });
const withVpc = (vpc: object) =>
  withNetwork({ resource: { ...network.resource, aws_vpc: { main: { cidr_block: "10.0.0.0/16", tags: { Name: "main" }, ...vpc } } } });
const changed = (name: string, change: Partial<SynthStack>) => base.map((one) => (one.stack === name ? { ...one, ...change } : one));

describe("what is affected", () => {
  test.each<[string, Synth, string[]]>([
    ["nothing changed", environment("dev"), []],
    ["only metadata of cdktf", base.map((one) => ({ ...one, json: { ...one.json, "//": { metadata: { version: "0.22.0" } } } })), []],
    ["only the order of keys", withNetwork({ output: Object.fromEntries(Object.entries(network.output ?? {}).reverse()) }), []],
    [
      "a resource nobody reads",
      withNetwork({ resource: { ...network.resource, aws_flow_log: { all: { vpc_id: ref("aws_vpc.main.id"), traffic_type: "ALL" } } } }),
      ["1 changed dev-network"],
    ],
    ["tags of a resource that others read", withVpc({ tags: { Name: "renamed" } }), ["1 changed dev-network"]],
    [
      "a resource that others read, over two stacks",
      withVpc({ cidr_block: "10.1.0.0/16" }),
      ["1 changed dev-network", "2 replan dev-cluster after dev-network", "3 replan dev-addons after dev-cluster, dev-network"],
    ],
    [
      "the expression of an output that nobody reads",
      withNetwork({ output: { ...network.output, cidr: { value: "10.2.0.0/16" } } }),
      ["1 changed dev-network"],
    ],
    [
      "an output that one stack reads, and what that one gives on",
      withNetwork({ output: { ...network.output, vpcId: { value: ref("aws_vpc.other.id") } } }),
      ["1 changed dev-network", "3 replan dev-addons after dev-network"],
    ],
    [
      "an output that is gone",
      withNetwork({ output: { subnetIds: { value: { a: ref("aws_subnet.a.id") } } } }),
      ["1 changed dev-network", "3 replan dev-addons after dev-network"],
    ],
    [
      "only the description of an output",
      withNetwork({ output: { ...network.output, vpcId: { value: ref("aws_vpc.main.id"), description: "new" } } }),
      ["1 changed dev-network"],
    ],
    [
      "a consumer beside a consumer that is not affected",
      environment("dev", {
        network: dev("network", [], { ...network, constraint: ">= 6" }),
        addons: dev("addons", ["network", "cluster"], { ...addons, output: { a: { value: "b" } } }),
      }),
      ["1 changed dev-network", "3 changed dev-addons after dev-network"],
    ],
    [
      "a provider's constraint",
      environment("dev", { cluster: dev("cluster", ["network"], { ...cluster, constraint: ">= 6" }) }),
      ["2 changed dev-cluster"],
    ],
    ["a locked provider", changed("cluster", { locked: { "registry.terraform.io/hashicorp/aws": "6.25.1" } }), ["2 changed dev-cluster"]],
    ["a file beside the JSON", changed("addons", { files: { "assets/chart/values.yaml": "b1" } }), ["3 changed dev-addons"]],
    ["a stack that is new", [...base, dev("ci", ["network"], {})], ["2 added dev-ci"]],
    ["a stack that is gone", base.filter(({ stack: name }) => name !== "addons"), ["0 removed dev-addons"]],
    [
      "a producer and its consumer that are gone: the consumer goes first",
      base.filter(({ stack: name }) => name === "state" || name === "network"),
      ["0 removed dev-addons", "1 removed dev-cluster after dev-addons"],
    ],
    [
      "a stack under another name",
      environment("dev", { addons: undefined, platform: dev("platform", ["network", "cluster"], addons) }),
      ["0 removed dev-addons", "3 added dev-platform"],
    ],
    [
      "another environment",
      [...base, ...environment("prod")].filter(({ id }) => id !== "prod-addons"),
      ["0 added prod-state", "1 added prod-network after prod-state", "2 added prod-cluster after prod-network, prod-state"],
    ],
  ])("%s", (_, head, expected) => expect(brief(head)).toEqual(expected));

  test("a change of what the provider assumes may change every value", () => {
    const provider = {
      aws: [{ region: "ap-northeast-2", assume_role: [{ role_arn: "other" }], default_tags: [{ tags: { stack: "network" } }] }],
    };
    expect(brief(withNetwork({ provider } as Partial<typeof network>)).map((line) => line.split(" after")[0])).toEqual([
      "1 changed dev-network",
      "2 replan dev-cluster",
      "3 replan dev-addons",
    ]);
  });

  test("a base without stacks: everything is new", () => expect(brief(base, [])).toHaveLength(4));
});

test("says why, with names, and counts what is too much for a line", () => {
  const head = withNetwork({
    resource: {
      aws_vpc: { main: { cidr_block: "10.1.0.0/16" } },
      aws_subnet: Object.fromEntries(["a", "b", "c", "d", "e"].map((name) => [name, { vpc_id: ref("aws_vpc.main.id"), cidr_block: name }])),
    },
  });
  expect(compareSynths(base, head).map(({ id, because }) => `${id}: ${because}`)).toEqual([
    "dev-network: 2 changed (aws_subnet.a, aws_vpc.main), 4 added (aws_subnet.b, aws_subnet.c, aws_subnet.d and 1 more), 1 removed (aws_flow_log.all)",
    "dev-cluster: reads subnetIds of dev-network, which may change",
    "dev-addons: reads name of dev-cluster and vpcId of dev-network, which may change",
  ]);
});

test("stacks that wait for each other are named", () => {
  const circle = [dev("a", ["b"], {}), dev("b", ["a"], {})];
  expect(() => compareSynths(base, circle)).toThrow(/dev-a needs dev-b needs dev-a|dev-b needs dev-a needs dev-b/);
});
