/**
 * What every state has in common: its backend, the AWS provider held to one account, tags, names, addresses that are construct paths,
 * and contracts as the only link to other states.
 */

import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import {
  DataTerraformRemoteStateS3,
  Fn,
  S3Backend,
  TerraformDataSource,
  TerraformElement,
  TerraformOutput,
  TerraformResource,
  TerraformStack,
} from "cdktf";
import type { Construct, IConstruct, Node } from "constructs";
import type { Environment } from "../environments/schema.ts";
import { providerConstraint, terraformConstraint } from "../environments/versions.ts";
import type { Namer } from "../modules/naming.ts";
import type { TerraformJson } from "../modules/terraform-json.ts";
import { type Contract, type StackName, stackId, type Terms, type Values } from "./contract.ts";
import "./creation-stacks.ts";
import "./one-resolution.ts";
import { stateBackend } from "./state-backend.ts";

export abstract class PlatformStack extends TerraformStack {
  /** Construct path by Terraform address. */
  private readonly addresses = new Map<string, string>();
  private json: TerraformJson | undefined;

  protected constructor(
    scope: Construct,
    readonly environment: Environment,
    readonly stack: StackName,
  ) {
    super(scope, stackId(environment, stack));
    const { region, account } = environment;
    new S3Backend(this, { ...stateBackend(environment, stack), encrypt: true });
    // cdktf 0.21 has no type for S3's own locking (terraform-cdk#3834); an override also keeps it out of remote state data sources.
    this.addOverride("terraform.backend.s3.use_lockfile", true);
    this.addOverride("terraform.required_version", terraformConstraint);
    // Bindings generated from provider 6.25 ask for 6.x only; what we emit is valid from the environment's lower bound on.
    this.addOverride("terraform.required_providers.aws.version", providerConstraint("aws", environment.awsProvider));
    new AwsProvider(this, "aws", { region, allowedAccountIds: [account], defaultTags: [{ tags: this.tags() }] });
  }

  /** `<project>-<env>-<thing>`: the AWS name of a thing. */
  readonly named: Namer = (thing) => `${this.environment.project}-${this.environment.name}-${thing}`;

  /** Publishes every value of a contract as a Terraform output of the same name. */
  protected publish<T extends Terms>(contract: Contract<T>, values: Values<T>): void {
    for (const [name, { description }] of Object.entries(contract.terms)) {
      new TerraformOutput(this, name, { value: values[name], description }).overrideLogicalId(name);
    }
  }

  /**
   * Reads another stack of the same environment: one remote state, typed tokens. There are no defaults for a state that was never
   * applied: a plan against invented ids would be worse than one that waits (ADR 0002).
   */
  protected read<T extends Terms>(contract: Contract<T>): Values<T> {
    const producer = this.node.scope?.node.tryFindChild(stackId(this.environment, contract.stack));
    if (!(producer instanceof TerraformStack)) {
      throw new Error(
        `${this.node.id} reads ${contract.stack}, which ${this.environment.name} does not have. Add it to the environment or to stacks/index.ts, before ${this.stack}.`,
      );
    }
    this.addDependency(producer);
    const state = new DataTerraformRemoteStateS3(this, contract.stack, stateBackend(this.environment, contract.stack));
    const zones = this.environment.network?.zones ?? [];
    const values = Object.entries(contract.terms).map(([name, { kind }]) => {
      if (kind === "text") return [name, state.getString(name)];
      return [name, Object.fromEntries(zones.map((zone) => [zone, Fn.lookup(state.get(name), zone)]))];
    });
    return Object.fromEntries(values) as Values<T>;
  }

  /**
   * A Terraform address is the construct path, so that it leads to the line of code. Throws where two paths join to one address: `a/b_c` and
   * `a_b/c` do, and one of the two resources would silently be lost.
   */
  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const node = TerraformElement.isTerraformElement(element) ? element.node : element;
    const path = node.scopes.slice(node.scopes.indexOf(this) + 1).map((scope) => scope.node.id);
    const name = path.join("_").replace(/[^A-Za-z0-9_-]/g, "-");
    const address = `${kindOf(element)}.${name}`;
    const other = this.addresses.get(address);
    if (other !== undefined && other !== node.path) {
      throw new Error(`${other} and ${node.path} would both be ${address} in Terraform. Give one of them another id.`);
    }
    this.addresses.set(address, node.path);
    return name;
  }

  /** Nothing to add: a token of another stack is an error, which toTerraform() finds (one-resolution.ts). */
  override prepareStack(): void {}

  /** Resolved once, for the gate and for the file. There are no aspects in this workspace, which cdktf would run in between. */
  override toTerraform(): TerraformJson {
    this.json ??= super.toTerraform() as TerraformJson;
    return this.json;
  }

  /** What cdktf calls when a token of this stack is used in another. Contracts are the only way; the message says so. */
  override registerOutgoingCrossStackReference(identifier: string): never {
    throw new Error(
      `${identifier} of ${this.node.id} is used in another stack. Publish it by a contract in stacks/contracts.ts and read it there (ADR 0002).`,
    );
  }

  /** On every resource, through the provider; by hand only for what AWS makes on our behalf and default tags do not reach. */
  protected tags(): Readonly<Record<string, string>> {
    const { project, name, owner, costCentre, repository } = this.environment;
    return { project, environment: name, stack: this.stack, owner, "cost-centre": costCentre, repository, "managed-by": "terraform" };
  }

  /** Any construct's stack, for names and the environment. */
  static override of(construct: IConstruct): PlatformStack {
    const stack = TerraformStack.of(construct);
    if (stack instanceof PlatformStack) return stack;
    throw new Error(`${construct.node.path} is not in a PlatformStack. Create it below a class of stacks/.`);
  }
}

function kindOf(element: TerraformElement | Node): string {
  if (TerraformResource.isTerraformResource(element)) return element.terraformResourceType;
  if (TerraformDataSource.isTerraformDataSource(element)) return `data.${element.terraformResourceType}`;
  return element.constructor.name;
}
