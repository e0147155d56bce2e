/** The Helm and Kubernetes providers of a stack that comes after the cluster. */
import { HelmProvider } from "@cdktf/provider-helm/lib/provider/index.js";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider/index.js";
import { Fn } from "cdktf";
import { addonProviders, providerConstraint } from "../environments/versions.ts";
import type { PlatformStack } from "./platform-stack.ts";

/** The cluster as its contract gives it; the name is known at synth, so that a plan shows it. */
export interface ClusterApi {
  readonly name: string;
  readonly endpoint: string;
  /** Base64 PEM. */
  readonly certificateAuthority: string;
}

/** Adds both providers under the ids `helm` and `kubernetes`. */
export function kubernetesProviders(stack: PlatformStack, { name, endpoint, certificateAuthority }: ClusterApi): void {
  // A token for the moment of the apply, from whoever runs it: nothing is stored, and it cannot expire between plan and apply.
  const exec = {
    apiVersion: "client.authentication.k8s.io/v1beta1",
    command: "aws",
    args: ["eks", "get-token", "--cluster-name", name, "--region", stack.environment.region, "--output", "json"],
  };
  const api = { host: endpoint, clusterCaCertificate: Fn.base64decode(certificateAuthority) };
  new HelmProvider(stack, "helm", { kubernetes: { ...api, exec } });
  new KubernetesProvider(stack, "kubernetes", { ...api, exec: [exec] });
  for (const provider of ["helm", "kubernetes"] as const) {
    // Bindings ask for the one minor, or an older major, that they were generated from.
    const constraint = providerConstraint(provider, addonProviders[provider]);
    stack.addOverride(`terraform.required_providers.${provider}`, { source: `hashicorp/${provider}`, version: constraint });
  }
}
