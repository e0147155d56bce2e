/**
 * From an environment's choice to what is to be installed: order, namespaces, rights, values, custom resources. Pure; the engine only wires
 * what stands here, and tests read it.
 */
import type { AddonId, AddonOptions } from "../../environments/schema/addons.ts";
import type { Environment } from "../../environments/schema.ts";
import { UserError } from "../../environments/user-error.ts";
import type { Addon, CustomResource, Definitions, Identity, Values } from "./addon.ts";
import { type Alert, alertResource } from "./alert.ts";
import type { AwsPart } from "./aws-parts.ts";
import { type Catalogue, catalogue } from "./catalogue/index.ts";
import { type ChartSource, chartSource } from "./chart-source.ts";
import type { Context, Surroundings } from "./context.ts";
import { runsOnFargate } from "./fargate.ts";
import { accountAnnotations, type PlannedIdentity, plannedIdentities } from "./identity.ts";
import type { Namespace } from "./namespaces.ts";
import { installOrder, predecessors } from "./order.ts";
import { type PlannedQuota, plannedQuotas } from "./quota.ts";
import { secretPrefixes, unreadableSecrets } from "./readable-secrets.ts";
import { merged } from "./values.ts";
import type { Workload } from "./workload.ts";

/** One add-on, decided. */
export interface PlannedAddon {
  readonly id: AddonId;
  readonly namespace: Namespace;
  readonly source?: ChartSource;
  readonly definitions?: Definitions;
  readonly wait: boolean;
  /** Seconds. */
  readonly timeout: number;
  readonly takesOver: boolean;
  readonly identities: readonly PlannedIdentity[];
  readonly aws: readonly AwsPart[];
  readonly values: Values;
  readonly resources: readonly CustomResource[];
  /** Of the resources; empty: all of them can change in place. */
  readonly immutable: Readonly<Record<string, string>>;
  readonly workloads: readonly Workload[];
  /** Also among `resources`. */
  readonly alerts: readonly Alert[];
  readonly quotas: readonly PlannedQuota[];
  /** Chosen add-ons that come right before. */
  readonly after: readonly string[];
}

/** Long enough for image pulls on a node that the autoscaler has yet to start. */
const defaultTimeout = 300;

/** Ids that an environment chose, sorted. */
export function chosenAddons({ addons }: Pick<Environment, "addons">): AddonId[] {
  const ids = Object.keys(catalogue) as AddonId[];
  return ids.filter((id) => addons[id] !== undefined).sort();
}

/**
 * All that is to be installed, in the order of installation.
 * @throws UserError where the choice does not fit together.
 */
export function plannedAddons(surroundings: Surroundings): PlannedAddon[] {
  const { environment, cluster } = surroundings;
  const rows = chosenAddons(environment).map((id) => catalogue[id]);
  const planned = installOrder<Catalogue[AddonId]>(rows, cluster.version).map(({ id }) => plannedAddon(id, surroundings));
  const unreadable = unreadableSecrets(planned, secretPrefixes(environment));
  if (unreadable.length === 0) return planned;
  const remedy = "Name secrets below one of these, or add their prefix to addons.external-secrets.secrets.";
  throw new UserError(
    [`Secrets that the cluster of ${environment.name} may not read:`, ...unreadable.map((text) => `  ${text}`), remedy].join("\n"),
  );
}

/** One add-on by itself, whether or not all that it needs is chosen. */
export function plannedAddon<Id extends AddonId>(id: Id, surroundings: Surroundings): PlannedAddon {
  const row: Addon<Id> = catalogue[id];
  const { environment } = surroundings;
  const context = contextOf(row, surroundings);
  const identities: readonly Identity[] = row.identities?.(context) ?? [];
  const workloads = row.workloads?.(context) ?? [];
  const alerts = plannedAlerts(row, context);
  return {
    id,
    namespace: row.namespace,
    ...(row.chart && { source: chartSource(row.chart, environment.charts.mirror) }),
    ...(row.definitions && { definitions: row.definitions }),
    wait: row.wait,
    timeout: row.timeout ?? defaultTimeout,
    takesOver: row.takesOver !== undefined,
    identities: plannedIdentities(row, identities, surroundings),
    aws: row.aws?.(context) ?? [],
    values: merged(row.values?.(context) ?? {}, context.options.extraValues),
    resources: [...(row.resources?.(context) ?? []), ...(alerts.length > 0 ? [alertResource(id, alerts)] : [])],
    alerts,
    immutable: row.immutable?.(context) ?? {},
    workloads,
    quotas: plannedQuotas(row.namespace, row.quotas?.(context) ?? [], workloads),
    after: predecessors(row, new Set(chosenAddons(environment))),
  };
}

/** Whoever runs Prometheus; without its kinds there is nothing to say it in. */
function plannedAlerts<Id extends AddonId>({ alerts }: Addon<Id>, context: Context<Id>): readonly Alert[] {
  return alerts && context.has("prometheus-operator-crds") ? alerts(context) : [];
}

function contextOf<Id extends AddonId>(row: Addon<Id>, surroundings: Surroundings): Context<Id> {
  const { environment } = surroundings;
  const options = environment.addons[row.id] as AddonOptions<Id> | undefined;
  if (options === undefined) throw new Error(`${row.id} is not chosen in ${environment.name}`);
  const known = new Set<AddonId>([...(row.after ?? []), ...(row.needs ?? []).map(({ id }) => id)]);
  return {
    ...surroundings,
    options,
    production: environment.profile === "production",
    has: (id) => {
      if (!known.has(id)) throw new Error(`${row.id} asks for ${id} but does not come after it: add it to \`after\` or \`needs\`.`);
      return environment.addons[id] !== undefined;
    },
    accountAnnotations: (serviceAccount) => accountAnnotations(serviceAccount, surroundings, runsOnFargate(environment, row.namespace)),
  };
}
