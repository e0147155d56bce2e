/**
 * What builds and delivers: trust in the tokens of CI systems and roles for their jobs, image registries, pipelines and deployments of AWS, and
 * where their news goes. Every part is optional: an environment's account has the roles, the shared account the rest (ADR 0006).
 */
import type { Construct } from "constructs";
import type { CiConfig, Environment } from "../environments/schema.ts";
import { UserError } from "../environments/user-error.ts";
import type { CiContext } from "../modules/ci/context.ts";
import { artifactPurpose, Delivery, functionFolder, hasDelivery } from "../modules/ci/delivery.ts";
import { DeliveryKey, deliveryKeyAlias } from "../modules/ci/key.ts";
import { PlatformRoles } from "../modules/ci/platform-roles.ts";
import { hasRegistry, Registries } from "../modules/ci/registries/registries.ts";
import type { StatePlace } from "../modules/ci/rights/state.ts";
import { Trust } from "../modules/ci/trust/trust.ts";
import { bucketName } from "../modules/network/private-bucket.ts";
import { stackId, stackNames } from "./contract.ts";
import { ci, network } from "./contracts.ts";
import { PlatformStack } from "./platform-stack.ts";
import { stateBucket, stateKeyAlias } from "./state-backend.ts";

export class CiStack extends PlatformStack {
  constructor(scope: Construct, environment: Environment) {
    super(scope, environment, "ci");
    const config = ciOf(environment);
    const context = this.context();
    const state = statePlace(environment);

    const { boundaryArn, githubArn, issuers } = new Trust(this, "trust", { context, config, state });
    const roles =
      config.github && githubArn !== undefined
        ? new PlatformRoles(this, "platform", {
            context,
            config: config.github,
            repository: config.github.repository ?? environment.repository,
            providerArn: githubArn,
            boundaryArn,
            state,
            stacks: this.stacksOfEnvironment(),
            assets: {
              objects: `arn:aws:s3:::${bucketName(context, artifactPurpose)}/${functionFolder}/*`,
              keyAlias: deliveryKeyAlias(context),
            },
            atlantis: environment.addons.atlantis && `arn:aws:iam::${environment.account}:role/${this.named("atlantis")}`,
          })
        : undefined;

    const delivers = hasDelivery(config);
    const keyArn = hasRegistry(config) || delivers ? new DeliveryKey(this, "encryption", context).arn : undefined;
    const registries =
      hasRegistry(config) && keyArn !== undefined
        ? new Registries(this, "registries", { context, config, keyArn, boundaryArn, issuers })
        : undefined;
    const repositories = registries?.repositories ?? {};
    const delivery =
      delivers && keyArn !== undefined
        ? new Delivery(this, "delivery", { context, config, keyArn, place: this.place(config), repositories })
        : undefined;

    this.publish(ci, {
      planRoleArn: roles?.planArn ?? "",
      applyRoleArn: roles?.applyArn ?? "",
      registry: registries ? `${environment.account}.dkr.ecr.${environment.region}.amazonaws.com` : "",
      repositories: JSON.stringify(Object.fromEntries(Object.entries(repositories).map(([service, { url }]) => [service, url]))),
      pushRoleArns: JSON.stringify(registries?.pushRoles ?? {}),
      newsTopicArn: delivery?.topicArn ?? "",
    });
  }

  private context(): CiContext {
    const { account, region, protection, project, name } = this.environment;
    return { named: this.named, account, region, protection, project, environment: name, prefix: `${project}-${name}`, tags: this.tags() };
  }

  /** Where builds and fleets run. */
  private place({ pipelines, deployments }: CiConfig) {
    const needed = Object.keys(pipelines).length > 0 || Object.values(deployments).some(({ fleet }) => fleet !== undefined);
    if (!needed || !this.environment.network) return undefined;
    const { vpcId, privateSubnetIds } = this.read(network);
    return { vpcId, subnetIds: privateSubnetIds };
  }

  /** Those that were made before this one, which is the last, and this one. */
  private stacksOfEnvironment(): readonly string[] {
    return stackNames.filter((name) => this.node.scope?.node.tryFindChild(stackId(this.environment, name)) !== undefined);
  }
}

function statePlace(environment: Environment): StatePlace {
  const { name, account, region } = environment;
  return { bucket: stateBucket(environment), folder: name, keyAlias: stateKeyAlias(environment), account, region };
}

function ciOf({ name, ci: config }: Environment): CiConfig {
  if (config) return config;
  throw new UserError(`${name} has no CI. Set ci in environments/${name}.ts, or leave its ci stack out.`);
}
