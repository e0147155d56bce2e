/** The cluster's add-ons: Helm releases with their namespaces, rights and custom resources. The only stack that talks to Kubernetes. */
import { HelmProvider } from "@cdktf/provider-helm/lib/provider/index.js";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider/index.js";
import { Annotations, Fn } from "cdktf";
import type { Construct } from "constructs";
import type { Environment } from "../environments/schema.ts";
import { UserError } from "../environments/user-error.ts";
import { addonProviders, kubernetes, providerConstraint } from "../environments/versions.ts";
import { capacityFindings } from "../modules/addons/capacity.ts";
import { Addons } from "../modules/addons/engine.ts";
import { clusterName } from "../modules/naming.ts";
import { addons, cluster, network } from "./contracts.ts";
import { PlatformStack } from "./platform-stack.ts";

/** Add-ons. */
export class AddonsStack extends PlatformStack {
  constructor(scope: Construct, environment: Environment) {
    super(scope, environment, "addons");
    const { name, region, cluster: config } = environment;
    if (!config) throw new UserError(`${name} has add-ons but no cluster. Set \`cluster\`, or leave \`addons\` empty.`);
    const clusterValues = this.read(cluster);
    const networkValues = this.read(network);
    // Known at synth, so that plans and policies show it; the cluster stack makes it under the same name.
    const known = { name: clusterName(environment), version: config.version ?? kubernetes };

    // A token for the moment of the apply, from whoever runs it: nothing is stored, and it cannot expire between plan and apply.
    const exec = {
      apiVersion: "client.authentication.k8s.io/v1beta1",
      command: "aws",
      args: ["eks", "get-token", "--cluster-name", known.name, "--region", region, "--output", "json"],
    };
    const api = { host: clusterValues.endpoint, clusterCaCertificate: Fn.base64decode(clusterValues.certificateAuthority) };
    new HelmProvider(this, "helm", { kubernetes: { ...api, exec } });
    new KubernetesProvider(this, "kubernetes", { ...api, exec: [exec] });
    for (const provider of ["helm", "kubernetes"] as const) {
      // Bindings ask for the one minor, or an older major, that they were generated from.
      const constraint = providerConstraint(provider, addonProviders[provider]);
      this.addOverride(`terraform.required_providers.${provider}`, { source: `hashicorp/${provider}`, version: constraint });
    }

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
    for (const warning of warnings) Annotations.of(this).addWarning(warning);

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
