/**
 * Wires what plan.ts decided: per add-on its rights, its definitions, its chart and its custom resources, each after what it relies on.
 * Terraform destroys in reverse: custom resources before their controller, a controller before its rights, a namespace after all releases
 * in it and before the controllers that let go of what is in it.
 */
import { type ITerraformDependable, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import type { Definitions } from "./addon.ts";
import { awsResources } from "./aws-resources.ts";
import { chartSource } from "./chart-source.ts";
import type { Surroundings } from "./context.ts";
import { resourcesOf } from "./custom-resources.ts";
import { AddonIdentity } from "./identity-role.ts";
import { Namespaces } from "./namespace.ts";
import { namespaceOrder } from "./namespace-order.ts";
import { OwnCharts } from "./own-charts.ts";
import { type PlannedAddon, plannedAddons } from "./plan.ts";
import { release } from "./release.ts";

export class Addons extends Construct {
  readonly planned: readonly PlannedAddon[];
  private readonly charts: OwnCharts;
  private readonly namespaces: Namespaces;
  /** What comes after an add-on waits for these. */
  private readonly ready = new Map<string, readonly ITerraformDependable[]>();

  /** @throws UserError where the chosen add-ons do not fit together. */
  constructor(
    scope: Construct,
    id: string,
    private readonly surroundings: Surroundings,
  ) {
    super(scope, id);
    this.planned = plannedAddons(surroundings);
    this.charts = new OwnCharts(this, "charts");
    const used = this.planned.flatMap(({ namespace, identities }) => [namespace, ...identities.map((identity) => identity.namespace)]);
    const quotas = this.planned.flatMap((addon) => addon.quotas);
    this.namespaces = new Namespaces(this, "namespaces", used, surroundings.environment.project, quotas);
    for (const addon of this.planned) this.ready.set(addon.id, this.install(addon));
    for (const [name, others] of namespaceOrder(this.planned)) {
      this.namespaces.putAfter(
        name,
        others.flatMap((id) => this.ready.get(id) ?? []),
      );
    }
  }

  /** What is ready once the add-on is: its last release, which waits for all others. */
  private install(addon: PlannedAddon): readonly ITerraformDependable[] {
    const { id, namespace, source, identities, values, wait, timeout, takesOver } = addon;
    const { cluster, environment } = this.surroundings;
    const scope = new Construct(this, id);
    const before = [...this.namespaces.before(namespace), ...addon.after.flatMap((other) => this.ready.get(other) ?? [])];
    const rights = identities.flatMap((identity) => {
      const made = new AddonIdentity(scope, `identity-${identity.serviceAccount}`, identity, cluster, environment.account);
      return [...made.ready, ...this.namespaces.before(identity.namespace)];
    });
    const parts = awsResources(scope, addon.aws, environment);
    const definitions = this.definitions(scope, addon, before);
    const chart = source
      ? [
          release(scope, "release", {
            name: id,
            namespace,
            source,
            values,
            wait,
            timeout,
            takesOver,
            skipDefinitions: addon.definitions !== undefined,
            dependsOn: [...before, ...rights, ...parts, ...definitions],
          }),
        ]
      : [];
    const controlled = [...before, ...definitions, ...rights, ...parts, ...chart];
    return addon.resources.length > 0 ? [this.resources(scope, addon, controlled)] : chart;
  }

  private definitions(scope: Construct, { id, namespace, definitions, timeout }: PlannedAddon, dependsOn: readonly ITerraformDependable[]) {
    if (!definitions) return [];
    const { source, values } = this.definitionsChart(definitions);
    // Waits for the condition Established: objects of a kind are refused until then.
    const settings = {
      name: `${id}-crds`,
      namespace,
      source,
      values,
      wait: true,
      timeout,
      takesOver: false,
      skipDefinitions: false,
      dependsOn,
    };
    return [release(scope, "crds", settings)];
  }

  private definitionsChart(definitions: Definitions) {
    const { mirror } = this.surroundings.environment.charts;
    if (definitions.kind === "chart") return { source: chartSource(definitions.chart, mirror), values: definitions.values };
    return { source: { chart: this.charts.path(definitions.folder) }, values: {} };
  }

  /** Custom resources as one release: Terraform's own kubernetes_manifest would need their kinds, and the cluster, at plan. */
  private resources(scope: Construct, addon: PlannedAddon, dependsOn: readonly ITerraformDependable[]) {
    const { id, namespace, resources, immutable, timeout } = addon;
    return release(scope, "resources", {
      name: `${id}-resources`,
      namespace,
      source: { chart: this.charts.path("resources") },
      values: { resources: resourcesOf(resources) },
      // On destroy it waits until controllers have removed their finalizers; they are still there, since they go later.
      wait: true,
      timeout,
      takesOver: false,
      skipDefinitions: false,
      replacedBy: this.fixed(scope, immutable),
      dependsOn,
    });
  }

  /** What stands for values that cannot change in place, some of which are known at apply only. */
  private fixed(scope: Construct, immutable: Readonly<Record<string, string>>): readonly string[] {
    if (Object.keys(immutable).length === 0) return [];
    // cdktf's own class for it asks the terraform binary for its version at every synth, and fails where there is only OpenTofu.
    const terraformGeneratorMetadata = { providerName: "terraform" };
    const marker = new TerraformResource(scope, "immutable", { terraformResourceType: "terraform_data", terraformGeneratorMetadata });
    marker.addOverride("triggers_replace", { ...immutable });
    return [`${marker.terraformResourceType}.${marker.friendlyUniqueId}`];
  }
}
