import { expect, test } from "@jest/globals";
import { TerraformOutput } from "cdktf";
import { type Construct, RootConstruct } from "constructs";
import type { Environment } from "../../environments/schema.ts";
import { network, state } from "../../stacks/contracts.ts";
import { PlatformStack } from "../../stacks/platform-stack.ts";
import { environmentOf } from "../support/environment.ts";

class Producer extends PlatformStack {
  constructor(scope: Construct, environment: Environment) {
    super(scope, environment, "network");
  }
}

class Consumer extends PlatformStack {
  readonly upstream = this.read(network);

  constructor(scope: Construct, environment: Environment) {
    super(scope, environment, "cluster");
  }
}

/** Never run: `npm run types` fails where one of these lines compiles. */
class Misspelt extends PlatformStack {
  readonly values = this.read(network);

  constructor(scope: Construct) {
    super(scope, environmentOf(), "state");
    // @ts-expect-error a promised value is missing
    this.publish(state, { bucket: "states" });
    // @ts-expect-error a value that nobody promised
    this.publish(state, { bucket: "states", keyArn: "arn", keyAlias: "alias" });
    // @ts-expect-error a key that the network does not publish
    this.values.vpcIdentifier;
  }
}

void Misspelt;

const expression = (path: string) => `\${data.terraform_remote_state.${path}}`;

test("what is read are expressions on the producer's state, by name", () => {
  const root = new RootConstruct();
  const environment = environmentOf();
  new Producer(root, environment);
  const consumer = new Consumer(root, environment);
  const { vpcId, privateSubnetIds } = consumer.upstream;
  new TerraformOutput(consumer, "one", { value: vpcId });
  new TerraformOutput(consumer, "zonal", { value: privateSubnetIds["apne2-az1"] });
  expect(Object.keys(privateSubnetIds)).toEqual(["apne2-az1", "apne2-az2", "apne2-az3"]);
  expect(consumer.toTerraform().output).toEqual({
    one: { value: expression("network.outputs.vpcId") },
    zonal: { value: expression('network.outputs.privateSubnetIds["apne2-az1"]') },
  });
  expect(consumer.dependencies.map(({ node }) => node.id)).toEqual(["test-network"]);
});

test("a stack that the environment does not have cannot be read", () => {
  expect(() => new Consumer(new RootConstruct(), environmentOf())).toThrow(
    "test-cluster reads network, which test does not have. Add it to the environment or to stacks/index.ts, before cluster.",
  );
});
