/** Image repositories of all services with the roles that push to them, and what holds for the registry as a whole. */
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { CiConfig } from "../../../environments/schema.ts";
import type { CiContext } from "../context.ts";
import { previewPolicy, releasePolicy } from "./lifecycle.ts";
import { PushRole, previewTrust, pushTrust } from "./push-role.ts";
import { Registry } from "./registry.ts";
import { ServiceRepository } from "./repository.ts";

export interface RegistriesSettings {
  readonly context: CiContext;
  readonly config: CiConfig;
  readonly keyArn: string;
  readonly boundaryArn: string;
  readonly issuers: readonly ITerraformDependable[];
}

/** Whether the account has a registry of the platform at all. */
export function hasRegistry({ services, registries }: CiConfig): boolean {
  return Object.keys({ ...services, ...registries.pullThrough }).length + registries.replicasFrom.length > 0;
}

export class Registries extends Construct {
  readonly repositories: Readonly<Record<string, ServiceRepository>>;
  /** ARN by service, where jobs push. */
  readonly pushRoles: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, { context, config, keyArn, boundaryArn, issuers }: RegistriesSettings) {
    super(scope, id);
    const { services, registries } = config;
    new Registry(this, "registry", { context, config: registries, keyArn });
    const made = Object.entries(services).map(([service, own]) => {
      const common = { context, team: own.team, keyArn, registries };
      const repository = new ServiceRepository(this, service, {
        ...common,
        name: `${own.team}/${service}`,
        expiry: releasePolicy(registries.keep),
      });
      const description = `Pushes images of ${own.team}/${service}`;
      const role = { context, boundary: boundaryArn, after: issuers };
      const trusted = pushTrust(context.account, own, config);
      const jobs =
        trusted.length > 0 &&
        new PushRole(repository, "jobs", { ...role, name: `push-${service}`, description, trust: trusted, repositoryArn: repository.arn });
      if (own.previews && config.github) {
        // Whoever opens a pull request writes the workflow that runs there: it reaches no repository from which something is released.
        const previews = new ServiceRepository(this, `${service}-previews`, {
          ...common,
          name: `${own.team}/${service}/previews`,
          expiry: previewPolicy(registries.keep),
        });
        new PushRole(previews, "jobs", {
          ...role,
          name: `preview-${service}`,
          description: `${description} of pull requests`,
          trust: previewTrust(context.account, own),
          repositoryArn: previews.arn,
        });
      }
      return { service, repository, roleArn: jobs ? jobs.arn : undefined };
    });
    this.repositories = Object.fromEntries(made.map(({ service, repository }) => [service, repository]));
    this.pushRoles = Object.fromEntries(made.flatMap(({ service, roleArn }) => (roleArn === undefined ? [] : [[service, roleArn]])));
  }
}
