/** What a destroy tells before it asks: what is lost, and who stands on what. */
import { describe, expect, test } from "@jest/globals";
import { endpointOf } from "../../../operations/aws/clients.ts";
import { lossesOf } from "../../../operations/destroy/losses.ts";
import { checkReaders, readersOf } from "../../../operations/destroy/readers.ts";
import { managed, namedIn } from "../../../operations/destroy/states.ts";
import { prospectLines, question } from "../../../operations/destroy/tell.ts";
import type { State } from "../../../operations/terraform.ts";
import { environment } from "../affected/stacks.ts";
import { leftOver } from "./left-over.ts";

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
