/** The cluster's add-ons: Helm releases with their namespaces, rights and custom resources. */
import { Annotations } from "cdktf";
import type { Construct } from "constructs";
import type { Environment } from "../environments/schema.ts";
import { UserError } from "../environments/user-error.ts";
import { kubernetes } from "../environments/versions.ts";
import { capacityFindings } from "../modules/addons/capacity.ts";
import { unheardAlerts } from "../modules/addons/catalogue/kube-prometheus-stack/alertmanager.ts";
import { Addons } from "../modules/addons/engine.ts";
import { clusterName } from "../modules/naming.ts";
import { addons, cluster, network } from "./contracts.ts";
import { kubernetesProviders } from "./kubernetes-providers.ts";
import { PlatformStack } from "./platform-stack.ts";

/** Add-ons. */
export class AddonsStack extends PlatformStack {
  constructor(scope: Construct, environment: Environment) {
    super(scope, environment, "addons");
    const { name, cluster: config } = environment;
    if (!config) throw new UserError(`${name} has add-ons but no cluster. Set \`cluster\`, or leave \`addons\` empty.`);
    const clusterValues = this.read(cluster);
    const networkValues = this.read(network);
    // Known at synth, so that plans and policies show it; the cluster stack makes it under the same name.
    const known = { name: clusterName(environment), version: config.version ?? kubernetes };
    kubernetesProviders(this, { ...clusterValues, ...known });

    const { fileSystemId, ...others } = clusterValues;
    const { planned } = new Addons(this, "addons", {
      environment,
      cluster: { ...others, ...known, ...(config.sharedFileSystem && { fileSystemId }) },
      network: networkValues,
      named: this.named,
    });

    const owned = planned.flatMap(({ id, workloads }) => workloads.map((workload) => ({ addon: id, workload })));
    const { errors, warnings } = capacityFindings(owned, { ...config.nodes, ...config.selfManagedNodes });
    if (errors.length > 0)
      throw new UserError([`The add-ons of ${name} do not fit on its nodes:`, ...errors.map((text) => `  ${text}`)].join("\n"));
    for (const warning of [...warnings, ...unheardAlerts(environment)]) Annotations.of(this).addWarning(warning);

    const namespaces = [...new Set(planned.map(({ namespace }) => namespace))].sort();
    this.publish(addons, {
      installed: planned
        .map(({ id }) => id)
        .sort()
        .join(","),
      namespaces: namespaces.join(","),
    });
  }
}
