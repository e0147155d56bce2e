/** Image repositories of all services with the roles that push to them, and what holds for the registry as a whole. */
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { CiConfig } from "../../../environments/schema.ts";
import type { CiContext } from "../context.ts";
import { isPushedByJobs, PushRole } from "./push-role.ts";
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
    const made = Object.entries(services).map(([service, { team }]) => {
      const name = `${team}/${service}`;
      return [service, new ServiceRepository(this, service, { context, name, team, keyArn, registries })] as const;
    });
    this.repositories = Object.fromEntries(made);
    const roles = made.flatMap(([service, repository]) => {
      const own = services[service];
      if (!own || !isPushedByJobs(own, config)) return [];
      const settings = { context, service, config: own, ci: config, repositoryArn: repository.arn, boundaryArn, issuers };
      return [[service, new PushRole(repository, "jobs", settings).arn] as const];
    });
    this.pushRoles = Object.fromEntries(roles);
  }
}
