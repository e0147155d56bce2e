/** Delivery by AWS's own tools: connections to source code, deployments, pipelines between them, their artifacts and their news. */
import { CodeconnectionsConnection } from "@cdktf/provider-aws/lib/codeconnections-connection/index.js";
import { Construct } from "constructs";
import type { CiConfig } from "../../environments/schema.ts";
import { PrivateBucket } from "../network/private-bucket.ts";
import { type BuildPlace, OutwardGroup } from "./builds/network.ts";
import type { CiContext } from "./context.ts";
import { Deployment } from "./deployments/deployment.ts";
import { deploymentEvents } from "./notifications/events.ts";
import { News } from "./notifications/news.ts";
import { tellNews } from "./notifications/rule.ts";
import { artifactFolder, pipelineName } from "./pipelines/names.ts";
import { Pipeline } from "./pipelines/pipeline.ts";

export interface DeliverySettings {
  readonly context: CiContext;
  readonly config: CiConfig;
  readonly keyArn: string;
  /** Subnets of builds and fleets; absent where the environment has no network, and then there are neither (environments/checks/ci.ts). */
  readonly place: BuildPlace | undefined;
  /** Image repositories by service. */
  readonly repositories: Readonly<Record<string, { readonly arn: string; readonly url: string }>>;
}

/** Days: longer than anybody runs a stage again; images and tags are what is kept. */
const artifactDays = 30;
/** Last part of the bucket's name. */
export const artifactPurpose = "artifacts";
/** Folder of code that does not expire. */
export const functionFolder = "functions";

export function hasDelivery({ pipelines, deployments, connections, notifications }: CiConfig): boolean {
  return notifications !== undefined || Object.keys({ ...pipelines, ...deployments, ...connections }).length > 0;
}

export class Delivery extends Construct {
  readonly topicArn: string;

  constructor(scope: Construct, id: string, settings: DeliverySettings) {
    super(scope, id);
    const { context, config, keyArn, place, repositories } = settings;
    const names = Object.keys(config.pipelines);
    const bucket = new PrivateBucket(this, "artifacts", {
      context,
      purpose: artifactPurpose,
      keyArn,
      expireDays: artifactDays,
      expiring: [...new Set(names.map((name) => artifactFolder(pipelineName(context, name))))].sort(),
    });
    const news = new News(this, "news", { context, config: config.notifications, keyArn, bucket: bucket.name });
    this.topicArn = news.topicArn;
    const topicArn = news.topicArn;

    const connections = this.each(config.connections, (name, { provider }) => {
      const connection = new CodeconnectionsConnection(this, `${name}-connection`, { name: context.named(name), providerType: provider });
      return { arn: connection.arn, provider };
    });
    const fleets =
      place && Object.values(config.deployments).some(({ fleet }) => fleet)
        ? new OutwardGroup(this, "fleets", context, place, "fleet")
        : undefined;
    const deployments = this.each(config.deployments, (name, deployment) => {
      const made = new Deployment(this, `${name}-deployment`, {
        context,
        name,
        config: deployment,
        place,
        group: fleets,
        keyArn,
        artifactBucketArn: bucket.arn,
      });
      tellNews(made, "news", { name: context.named(`${name}-deployment`), about: made.applicationArn, events: deploymentEvents, topicArn });
      return made;
    });
    if (!place || names.length === 0) return;
    const builds = new OutwardGroup(this, "builds", context, place, "builds");
    for (const [name, pipeline] of Object.entries(config.pipelines)) {
      const { source, build, deployment } = pipeline;
      const connection = connections[source.connection];
      // environments/checks/ci.ts has told of one that is not there.
      if (!connection) continue;
      new Pipeline(this, name, {
        context,
        name,
        config: pipeline,
        connection,
        place,
        group: builds,
        keyArn,
        bucket,
        topicArn,
        pushesTo: build.service === undefined ? undefined : repositories[build.service],
        deployment: deployment === undefined ? undefined : deployments[deployment],
      });
    }
  }

  /** One value per name. */
  private each<T, R>(values: Readonly<Record<string, T>>, make: (name: string, value: T) => R): Readonly<Record<string, R>> {
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, make(name, value)]));
  }
}
